package ingest

import (
	"testing"
	"time"
)

func TestMatchName(t *testing.T) {
	for name, want := range map[string]match{
		"Interval_Start":           {field: fieldWhen},
		"Datum":                    {field: fieldWhen},
		"Könamn":                   {field: fieldGroup},
		"Inkomna samtal":           {field: fieldOffered},
		"Antal besvarade samtal":   {field: fieldAnswered},
		"Calls Offered":            {field: fieldOffered},
		"Övergivna kontakter":      {field: fieldAbandoned},
		"Antal samtal":             {field: fieldOffered},
		"Samtalstid (s)":           {field: fieldTalk},
		"Medelsamtalstid":          {field: fieldTalk, mean: true},
		"Samtalstid, medel":        {field: fieldTalk, mean: true},
		"Genomsnittlig väntetid":   {field: fieldWaitAnswered, mean: true},
		"AHT [sek]":                {field: fieldHandled, mean: true},
		"Avg. Handle Time":         {field: fieldHandled, mean: true},
		"Total Handle Time":        {field: fieldHandled},
		"after_call_work_seconds":  {field: fieldAfter},
		"answered_in_60":           {field: fieldWithin, within: time.Minute},
		"Besvarade inom 60 s":      {field: fieldWithin, within: time.Minute},
		"Andel svarade inom 20sek": {field: fieldWithin, within: 20 * time.Second, share: true},
		"sl20":                     {field: fieldWithin, within: 20 * time.Second},
		"Svarsnivå":                {field: fieldWithin, share: true},
		"offerd":                   {field: fieldNone},
		"abandons":                 {field: fieldAbandoned},
		"":                         {field: fieldNone},
		"average":                  {field: fieldNone},
	} {
		got := matchName(name)
		got.rank = 0
		if got != want {
			t.Errorf("%q: %+v, want %+v", name, got, want)
		}
	}
}

// Whose wait it is, and whether a sum or a mean, as systems and people say it.
func TestNamesOfWaits(t *testing.T) {
	var (
		none      = match{field: fieldNone}
		answered  = match{field: fieldWaitAnswered}
		abandoned = match{field: fieldWaitAbandoned}
		mean      = func(m match) match { m.mean = true; return m }
	)
	for name, want := range map[string]match{
		"wait_answered_s": answered,
		"wait_s":          answered,
		"Väntetid":        answered,
		"Kötid (s)":       answered,
		"Total väntetid för besvarade samtal (sek)": answered,
		"ANSTIME":                                    answered,
		"AnswerWaitTime":                             answered,
		"queued_and_answ_call_dur":                   answered,
		"Väntetid (s), hanterade":                    answered,
		"ASA":                                        mean(answered),
		"asa_s":                                      mean(answered),
		"Average Speed of Answer":                    mean(answered),
		"Avg Speed Ans":                              mean(answered),
		"QUEUE_ANSWER_TIME":                          mean(answered),
		"Average queue time (s)":                     mean(answered),
		"Average queue answer time":                  mean(answered),
		"Medelväntetid":                              mean(answered),
		"medelväntetid_besvarade_s":                  mean(answered),
		"Snittkötid besvarade":                       mean(answered),
		"Genomsnittlig kötid":                        mean(answered),
		"Genomsnittlig svarstid":                     mean(answered),
		"Väntetid i snitt":                           mean(answered),
		"Genomsnittlig tid i kö, besvarade samtal":   mean(answered),
		"Average time in queue for handled contacts": mean(answered),

		"wait_abandoned_s":                          abandoned,
		"Väntetid övergivna":                        abandoned,
		"Summa kötid tappade samtal":                abandoned,
		"abandoned_wait_time":                       abandoned,
		"ABNTIME":                                   abandoned,
		"DelayQAbandTime":                           abandoned,
		"queued_and_aband_call_dur":                 abandoned,
		"avg wait abandoned":                        mean(abandoned),
		"Average queue time abandoned contacts (s)": mean(abandoned),
		"Average queue abandon time":                mean(abandoned),
		"ABANDON_TIME":                              mean(abandoned),
		"Avg Aban Time":                             mean(abandoned),
		"medelväntetid_övergivna_s":                 mean(abandoned),
		"Snittkötid, förlorade":                     mean(abandoned),
		"Väntetid (s) avbrutna, medel":              mean(abandoned),

		// Neither: of all callers, the longest, another unit, another thing.
		"Väntetid alla samtal":                none,
		"Väntetid besvarade och övergivna":    none,
		"Väntetid besvarade övergivna":        none,
		"Längsta väntetid":                    none,
		"Max wait time":                       none,
		"queued_answ_longest_que_dur":         none,
		"Total queue time abandoned (min)":    none,
		"Väntetid besvarade inom 60 s":        none,
		"Andel övergivna":                     none,
		"Average number of contacts in queue": none,
		"Medelsamtalstid besvarade":           none,
		"Tid":                                 {field: fieldWhen},
		"Average time":                        none,
		"Besvarade i snitt":                   none,
	} {
		got := matchName(name)
		got.rank = 0
		if got != want {
			t.Errorf("%q: %+v, want %+v", name, got, want)
		}
	}
}

// Each name stands for one field, and every canonical name for its own.
func TestNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for f, names := range aliases {
		for _, name := range names {
			if seen[name] {
				t.Errorf("%q stands twice", name)
			}
			seen[name] = true
			if plain := plainName(name); plain != name {
				t.Errorf("%q is never looked up: its plain form is %q", name, plain)
			}
		}
		if m := matchName(canonical[f]); m.field != field(f) {
			t.Errorf("canonical %q reads as field %d, want %d", canonical[f], m.field, f)
		}
	}
}
