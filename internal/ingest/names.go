package ingest

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// field is what a column says.
type field int

const (
	fieldWhen field = iota // date, time or both: what it is shows in its cells
	fieldGroup
	fieldChannel
	fieldStep
	fieldOffered
	fieldAnswered
	fieldWithin
	fieldAbandoned
	fieldTalk
	fieldHold
	fieldAfter
	fieldHandled
	fieldWaitAnswered
	fieldWaitAbandoned
	fieldCount
	fieldNone field = -1
)

// canonical are the names under which reports and errors speak of the fields.
var canonical = [fieldCount]string{
	"interval_start", "group", "channel", "interval_min", "offered", "answered", "answered_within",
	"abandoned", "talk_s", "hold_s", "acw_s", "aht_s", "wait_answered_s", "wait_abandoned_s",
}

// aliases are the names that telephony systems and Swedish reports use, in the
// form that plainName gives and without words for a mean; the first names win
// when a file has several.
var aliases = [fieldCount][]string{
	fieldWhen: {
		"interval_start", "interval_start_utc_date", "interval_start_date", "start", "starttid", "start_time", "starttime",
		"timestamp", "datetime", "datum_tid", "datum_och_tid", "tidpunkt", "date", "datum", "dag", "day", "row_date",
		"time", "tid", "klockslag", "från", "from", "intervall", "interval", "tidsintervall", "period",
	},
	fieldGroup: {
		"group", "grupp", "svarsgrupp", "answer_group", "kö", "könamn", "queue_name", "queue", "queuename",
		"tjänst", "kompetens", "skill", "split", "planning_group",
	},
	fieldChannel: {"channel", "kanal", "media_type", "medietyp", "channeltype", "channel_type"},
	fieldStep:    {"interval_min", "intervallängd", "interval_length", "intrvl"},
	fieldOffered: {
		"offered", "inkomna", "inkommande", "erbjudna", "mottagna", "received", "callsoffered", "offd_direct_call_cnt",
		"calls", "antal_samtal",
	},
	fieldAnswered: {"answered", "besvarade", "handled", "hanterade", "interactions_handled", "callshandled", "acdcalls", "answ_call_cnt"},
	fieldWithin: {
		"answered_within", "answered_in_sl", "besvarade_inom", "ans_servicelevel_cnt", "acceptable", "servicelevelcalls",
		"sl", "service_level", "servicelevel", "servicenivå", "svarsnivå",
	},
	fieldAbandoned: {
		"abandoned", "tappade", "övergivna", "förlorade", "avbrutna", "lost", "abncalls", "aband_call_cnt", "abandons",
	},
	fieldTalk: {"talk", "talk_time", "talktime", "samtalstid", "taltid", "talking_call_dur", "acdtime", "talktid"},
	fieldHold: {"hold", "hold_time", "holdtime", "parkering", "parkeringstid", "parkerad_tid"},
	fieldAfter: {
		"acw", "after", "after_call_work", "efterarbete", "efterarbetstid", "efterbehandling", "efterbehandlingstid",
		"wrap_up", "wrap_up_dur", "wrapup", "acwtime",
	},
	fieldHandled: {
		"aht", "handle_time", "handling_time", "handletime", "total_handle_time", "ärendetid", "hanteringstid",
		"behandlingstid", "betjäningstid", "handled_time",
	},
	fieldWaitAnswered: {
		"wait_answered", "anstime", "answerwaittime", "queued_and_answ_call_dur", "wait", "wait_time", "väntetid", "kötid", "svarstid",
		"waiting_time", "queue_time", "time_queue", "tid_kö", "time_to_answer", "queue_answer_time", "speed_of_answer", "speed_ans", "asa",
	},
	fieldWaitAbandoned: {
		"wait_abandoned", "abntime", "delayqabandtime", "queued_and_aband_call_dur", "abandon_time", "aband_time", "aban_time",
		"queue_abandon_time", "time_to_abandon",
	},
}

// countWords say no more than that a column counts.
var countWords = []string{"antal", "samtal", "kontakter", "ärenden", "calls", "contacts", "number", "of", "nb"}

// meanWords say that a column holds means.
var meanWords = []string{"medel", "medelvärde", "snitt", "genomsnitt", "genomsnittlig", "average", "avg", "mean"}

// means are the names that speak of a mean though no word in them says so.
var means = map[string]bool{
	"aht": true, "asa": true, "speed_of_answer": true, "speed_ans": true, "queue_answer_time": true, "abandon_time": true, "queue_abandon_time": true,
}

// shares are the names of those answered in time that always speak of a share;
// of the others the cells tell.
var shares = map[string]bool{"sl": true, "service_level": true, "servicelevel": true, "servicenivå": true, "svarsnivå": true}

var (
	unitSuffix = regexp.MustCompile(`_(s|sek|sec|sekunder|seconds)$`)
	meanPrefix = regexp.MustCompile(`^(medel|snitt|genomsnitts)`) // samtalstid and the like follow in one word
	withinName = regexp.MustCompile(`^(?:answered_(?:in|within)|(?:andel_)?(?:be)?svarade_inom|sl)_?(\d+)(?:s|sek|sec)?$`)
)

// plainName is a column name in lower case with one _ for every run of signs
// between its words, without its unit.
func plainName(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" _-./,()[]:\u00a0", r) })
	return unitSuffix.ReplaceAllString(strings.Join(words, "_"), "")
}

// match is what the name of a column says.
type match struct {
	field  field
	rank   int // the smaller, the better known the name
	mean   bool
	share  bool
	within time.Duration
}

// matchName tells which field a column of this name holds.
func matchName(name string) match {
	plain := plainName(name)
	if m := withinName.FindStringSubmatch(plain); m != nil {
		if s, err := time.ParseDuration(m[1] + "s"); err == nil {
			return match{field: fieldWithin, within: s, share: strings.HasPrefix(plain, "andel")}
		}
	}
	if m, ok := known[plain]; ok {
		return m
	}
	if m, ok := known[without(plain, countWords)]; ok && m.field >= fieldOffered {
		m.rank += len(known) // behind every name that is known as it is
		return m
	}
	if m, ok := known[meanPrefix.ReplaceAllString(without(plain, meanWords), "")]; ok && m.field >= fieldTalk {
		return m.asMean()
	}
	return matchWait(plain)
}

// asMean is the match of a name with a word for the mean. A mean says less than
// the sum: with both in a file, the sum counts.
func (m match) asMean() match {
	m.mean = true
	m.rank += len(known)
	return m
}

// without takes words out of a plain name.
func without(plain string, words []string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(plain, "_"), func(w string) bool { return slices.Contains(words, w) }), "_")
}

// known is aliases turned around.
var known = func() map[string]match {
	m := map[string]match{}
	for f, names := range aliases {
		for rank, name := range names {
			m[name] = match{field: field(f), rank: rank, mean: means[name], share: shares[name]}
		}
	}
	return m
}()

// channels are the words that stand for a channel; others are kept in lower
// case.
var channels = map[string]string{
	"voice": "phone", "telefon": "phone", "telefoni": "phone", "samtal": "phone", "tel": "phone", "call": "phone",
	"e-post": "email", "epost": "email", "e-mail": "email", "mail": "email", "mejl": "email",
	"chatt": "chat", "besök": "visit", "brev": "letter",
}

func channelOf(s string) string {
	s = strings.ToLower(s)
	if c, ok := channels[s]; ok {
		return c
	}
	return s
}

// totals are the words that mark a row of totals.
var totals = map[string]bool{
	"summa": true, "totalt": true, "total": true, "totals": true, "sum": true, "delsumma": true, "subtotal": true, "grand": true,
}

// isTotal tells whether a cell is a word for a total; loose takes the first
// word of the cell alone.
func isTotal(cell string, loose bool) bool {
	if cell == "" || cell[0] >= '0' && cell[0] <= '9' {
		return false
	}
	cell = strings.ToLower(strings.TrimRight(strings.TrimSpace(cell), ":"))
	if loose {
		cell, _, _ = strings.Cut(cell, " ")
	}
	return totals[cell]
}
