package ingest

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func stockholm(tb testing.TB) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

func read(tb testing.TB, text string, o Options) ([]Row, Report) {
	tb.Helper()
	if o.Location == nil {
		o.Location = stockholm(tb)
	}
	rows, report, err := ReadAll(strings.NewReader(text), o)
	if err != nil {
		tb.Fatal(err)
	}
	return rows, report
}

const canonicalFile = `interval_start,group,offered,answered,abandoned,aht_s,wait_answered_s,wait_abandoned_s
2026-11-23T08:00:00,Kö Äldre,1205,12,2,205.5,750,91
2026-11-23T08:15:00,Kö Äldre,0,0,0,,0,
`

// The same two intervals as different systems write them.
var sameFile = map[string]string{
	"semicolon and decimal comma": "interval_start;group;offered;answered;abandoned;aht_s;wait_s;avg_wait_abandoned_s\n" +
		"2026-11-23 08:00;Kö Äldre;1205;12;2;205,5;750;45,5\n2026-11-23 08:15;Kö Äldre;0;0;0;;0;0\n",
	"Swedish header": "Datum;Tid;Svarsgrupp;Inkomna samtal;Besvarade;Tappade;Ärendetid (snitt);Medelväntetid (s);Snittkötid tappade (s)\n" +
		"2026-11-23;08:00;Kö Äldre;1 205;12;2;205,5;62,5;45,5\n2026-11-23;08:15;Kö Äldre;0;0;0;-;-;-\n",
	"tabs, ranges, a title and totals": "Rapport för Kö Äldre\n\n" +
		"Intervall\tDatum\tGrupp\tErbjudna\tBesvarade\tÖvergivna\tAHT\tVäntetid, besvarade\tVäntetid, övergivna\tKommentar\n" +
		"08:00-08:15\t23/11/2026\tKö Äldre\t1\u00a0205\t12\t2\t3:25,5\t12:30\t1:31\thej\n" +
		"08:15-08:30\t23/11/2026\tKö Äldre\t0\t0\t0\t\t\t0:00\t\nSumma\t\t\t1205\t12\t2\t\t12:30\t1:31\t\n",
	"bars, points in dates, seconds": "start|queue|offered|answered|abandoned|aht|ASA|Average queue time abandoned contacts (s)\n" +
		"23.11.2026 08:00:00|Kö Äldre|1,205|12|2|00:03:25.5|00:01:02.5|45.5\n23.11.2026 8:15:00|Kö Äldre|0|0|0|||\n",
	"compact": "date;time;group;offered;answered;abandoned;aht_s;queued_and_answ_call_dur;queued_and_aband_call_dur\n" +
		"20261123;0800;Kö Äldre;1.205;12;2;205,5;750;91\n20261123;0815;Kö Äldre;0;0;0;;0;0\n",
	"American dates": "date,time,group,offered,answered,abandoned,aht_s,AnswerWaitTime,DelayQAbandTime\n" +
		"11/23/2026,8.00,Kö Äldre,\"1,205\",12,2,205.5,750,91\n11/23/2026,8.15,Kö Äldre,0,0,0,,0,0\n",
	"offsets": "interval_start,group,offered,answered,abandoned,aht_s,anstime,abntime\n" +
		"2026-11-23T08:00:00+01:00,Kö Äldre,1205,12,2,205.5,750,91\n2026-11-23T07:15:00Z,Kö Äldre,0,0,0,,0,0\n",
	"handle time in parts": "interval_start;group;offered;answered;abandoned;samtalstid;parkering;efterarbete;asa;väntetid;kötid övergivna\n" +
		"2026-11-23T08:00:00;Kö Äldre;1205;12;2;2000;400;66;62,5;750;91\n2026-11-23T08:15:00;Kö Äldre;0;0;0;;;;;;\n",
	"columns in another order, quotes": "\"wait_abandoned\",\"offered\",\"aht_s\",\"group\",\"abandoned\",\"wait_answered\",\"answered\",\"interval_start\"\n" +
		"\"91\",\"1205\",\"205.5\",\"Kö Äldre\",\"2\",\"750\",\"12\",\"2026-11-23T08:00:00\"\n" +
		"\"0\",\"0\",\"\",\"Kö Äldre\",\"0\",\"0\",\"0\",\"2026-11-23T08:15:00\"\n",
}

// handling leaves what the forms above have in common: some tell talk from
// after-call work.
var handling = cmp.Options{
	cmpopts.IgnoreFields(Row{}, "Line", "TalkSeconds", "AfterSeconds"),
	cmpopts.EquateNaNs(),
	cmp.Transformer("instant", func(t time.Time) int64 { return t.Unix() }),
}

func TestEveryFormReadsAlike(t *testing.T) {
	want, _ := read(t, canonicalFile, Options{})
	start := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	if r := want[0]; r.Offered != 1205 || r.Handled() != 12*205.5 || r.WaitSeconds != 750 || r.AbandonedWaitSeconds != 91 || !r.Start.Equal(start) || r.Step != 15*time.Minute || r.Group != "Kö Äldre" {
		t.Fatalf("canonical row: %+v", r)
	}
	for name, text := range sameFile {
		t.Run(name, func(t *testing.T) {
			got, report := read(t, text, Options{})
			if d := cmp.Diff(want, got, handling); d != "" {
				t.Errorf("rows differ (-canonical +this):\n%s\n%s", d, report)
			}
			for i := range min(len(got), len(want)) {
				if got[i].Handled() != want[i].Handled() {
					t.Errorf("row %d: handled %v, want %v", i, got[i].Handled(), want[i].Handled())
				}
			}
			if report.Good != 2 || report.Repeats != 0 {
				t.Errorf("report: %v", report)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	want, _ := read(t, canonicalFile, Options{})
	encode := func(w func(io.Writer) io.WriteCloser) string {
		var b bytes.Buffer
		e := w(&b)
		if _, err := io.WriteString(e, canonicalFile); err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(canonicalFile)
	if err != nil {
		t.Fatal(err)
	}
	latin, err := charmap.Windows1252.NewEncoder().String(canonicalFile)
	if err != nil {
		t.Fatal(err)
	}
	for encoding, files := range map[string]map[string]string{
		"UTF-8": {
			"plain": canonicalFile, "mark": "\ufeff" + canonicalFile, "Windows line ends": strings.ReplaceAll(canonicalFile, "\n", "\r\n"),
			"gzip": encode(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		},
		"UTF-16":       {"mark": utf16},
		"Windows-1252": {"plain": latin},
	} {
		for name, text := range files {
			t.Run(encoding+" "+name, func(t *testing.T) {
				got, report := read(t, text, Options{})
				if d := cmp.Diff(want, got, cmpopts.EquateNaNs(), cmp.Transformer("instant", func(t time.Time) int64 { return t.Unix() })); d != "" {
					t.Error(d)
				}
				if report.Layout.Encoding != encoding || report.Layout.Gzip != (name == "gzip") {
					t.Errorf("encoding %s, gzip %v", report.Layout.Encoding, report.Layout.Gzip)
				}
			})
		}
	}
}

// Each of these rows stands between two good ones and is set aside for its
// reason alone.
func TestFaults(t *testing.T) {
	const header = "interval_start,group,offered,answered,aht_s,sl_20\n"
	for row, want := range map[string]Reject{
		"23 november,A,5,5,100,5":                          {Column: "interval_start", Value: "23 november", Reason: ReasonTime},
		"2026-02-30T08:15,A,5,5,100,5":                     {Column: "interval_start", Value: "2026-02-30T08:15", Reason: ReasonTime},
		"2206-11-23T08:15,A,5,5,100,5":                     {Column: "interval_start", Value: "2206-11-23T08:15", Reason: ReasonTime},
		"2026-11-23T08:07,A,5,5,100,5":                     {Column: "interval_start", Value: "2026-11-23T08:07", Reason: ReasonGrid},
		"2026-11-23T08:15:30,A,5,5,100,5":                  {Column: "interval_start", Value: "2026-11-23T08:15:30", Reason: ReasonGrid},
		"2026-11-23T08:15,,5,5,100,5":                      {Column: "group", Reason: ReasonGroup},
		"2026-11-23T08:15,A":                               {Column: "offered", Reason: ReasonFields},
		"2026-11-23T08:15,A,5x,5,100,5":                    {Column: "offered", Value: "5x", Reason: ReasonNumber},
		"2026-11-23T08:15,A,NaN,5,100,5":                   {Column: "offered", Value: "NaN", Reason: ReasonNumber},
		"2026-11-23T08:15,A,+Inf,5,100,5":                  {Column: "offered", Value: "+Inf", Reason: ReasonNumber},
		"2026-11-23T08:15,A,1e3,5,100,5":                   {Column: "offered", Value: "1e3", Reason: ReasonNumber},
		"2026-11-23T08:15,A,-5,5,100,5":                    {Column: "offered", Value: "-5", Reason: ReasonNegative},
		"2026-11-23T08:15,A,5,5,-100,5":                    {Column: "aht_s", Value: "-100", Reason: ReasonNegative},
		"2026-11-23T08:15,A,5.5,5,100,5":                   {Column: "offered", Value: "5.5", Reason: ReasonFraction},
		"2026-11-23T08:15,A,46701234567,5,100,5":           {Column: "offered", Value: "46701234567", Reason: ReasonGreat},
		"2026-11-23T08:15,A,5,8,100,5":                     {Column: "answered", Value: "8", Reason: ReasonExceeds},
		"2026-11-23T08:15,A,5,5,100,9":                     {Column: "sl_20", Value: "9", Reason: ReasonExceeds},
		"2026-11-23T08:15,A,5,5,3601,5":                    {Column: "aht_s", Value: "3601", Reason: ReasonHandleTime},
		"2026-11-23T08:15,A,5,5,1:00:01,5":                 {Column: "aht_s", Value: "1:00:01", Reason: ReasonHandleTime},
		"2026-11-23T08:15,A,5,5,100,\"5\n2026-11-23T08:45": {Column: "interval_start", Value: "2026-11-23T08:15", Reason: ReasonQuote},
	} {
		t.Run(row, func(t *testing.T) {
			text := header + "2026-11-23T08:00,A,5,5,100,5\n2026-11-23T08:30,A,5,5,100,5\n" + row + "\n"
			rows, report := read(t, text, Options{File: "f.csv"})
			want.Line = 4
			if d := cmp.Diff([]Reject{want}, report.Rejects); d != "" {
				t.Error(d)
			}
			if report.Good != 2 || report.SetAside[want.Reason] != 1 || report.Read != 3 {
				t.Errorf("%v", report)
			}
			for i, r := range rows {
				if faulty := i == 2; r.Faulty != faulty || (r.Offered == 5) == faulty {
					t.Errorf("row %d: %+v", i, r)
				}
			}
		})
	}
}

// Odd, but not beyond belief.
func TestNoFaults(t *testing.T) {
	for _, row := range []string{
		"5,7,100,3",  // two calls of the interval before
		"100,105,3,", // 5 %
		"5,5,3600,",
		"0,0,5000,", // nobody was handled
		"5,5,0,0",
		"5,,100,",
		",,100,",
	} {
		_, report := read(t, "interval_start,group,offered,answered,aht_s,sl_20\n2026-11-23T08:00,A,"+row+"\n", Options{})
		if report.Good != 1 {
			t.Errorf("%s: %v", row, report)
		}
	}
}

func TestMissingColumns(t *testing.T) {
	for header, want := range map[string]string{
		"interval_start,group,offerd":    "f.csv: wanted a column offered; found interval_start, group, offerd; nearest: offerd",
		"interval_start;grup;offered":    "f.csv: wanted a column group; found interval_start, grup, offered; nearest: grup",
		"interval_sart,group,offered":    "f.csv: wanted a column interval_start; found interval_sart, group, offered; nearest: interval_sart",
		"interval_start,group,väder":     "f.csv: wanted a column offered; found interval_start, group, väder",
		"a,b,c":                          "f.csv: wanted a column interval_start; found a, b, c\nf.csv: wanted a column group; found a, b, c\nf.csv: wanted a column offered; found a, b, c",
		"interval_start,grup,offerd,aht": "f.csv: wanted a column group; found interval_start, grup, offerd, aht; nearest: grup\nf.csv: wanted a column offered; found interval_start, grup, offerd, aht; nearest: offerd",
	} {
		text := header + "\n2026-11-23 08:00,A,5\n"
		_, err := Read(strings.NewReader(text), Options{File: "f.csv"}, func(Row) error { return nil })
		var missing *ColumnError
		if err == nil || err.Error() != want || !errors.As(err, &missing) {
			t.Errorf("%s:\n got %v\nwant %s", header, err, want)
		}
	}
	_, err := Read(strings.NewReader("tid;grupp;inkomna\n08:00;A;5\n"), Options{}, func(Row) error { return nil })
	if want := "wanted a column date; found tid, grupp, inkomna"; err == nil || err.Error() != want {
		t.Errorf("a time of day without a date: %v, want %s", err, want)
	}
	if _, err := Read(strings.NewReader(""), Options{}, nil); err == nil {
		t.Error("an empty file gave no error")
	}
}

// The rows before the break are good; the row in which it happens is not.
func TestBrokenOff(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	line := "2026-11-23T08:00,A,5\n"
	if _, err := io.WriteString(w, "interval_start,group,offered\n"+strings.Repeat(line, 5000)); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil { // not closed: the end is missing
		t.Fatal(err)
	}
	rows, report, err := ReadAll(bytes.NewReader(packed.Bytes()), Options{File: "f.csv.gz"})
	var cut *CutError
	if !errors.As(err, &cut) || !errors.Is(err, io.ErrUnexpectedEOF) || cut.Line != 5001 {
		t.Errorf("error %v", err)
	}
	if len(rows) != 5000 || report.Good != 5000 {
		t.Errorf("%d rows, report %d", len(rows), report.Good)
	}
}

// A file longer than its head is read to its end.
func TestLongFile(t *testing.T) {
	const rows = 120_000
	file := made(rows)
	if len(file) < headSize {
		t.Fatalf("%d bytes, want more than the head of %d", len(file), headSize)
	}
	latin := bytes.ReplaceAll(file, []byte("group"), []byte("k\xf6"))
	for encoding, file := range map[string][]byte{"UTF-8": file, "Windows-1252": latin} {
		report, err := Read(bytes.NewReader(file), Options{Location: stockholm(t)}, func(Row) error { return nil })
		if err != nil || report.Read != rows || report.Good+report.SetAside[ReasonSkipped] != rows || report.Layout.Encoding != encoding {
			t.Errorf("%s: %v, %v", encoding, report, err)
		}
		if len(report.Groups) != 14 || report.Groups[0].Rows < rows/14 {
			t.Errorf("%s: groups %v", encoding, report.Groups)
		}
	}
}

func TestEachEndsTheReading(t *testing.T) {
	stop := errors.New("stop")
	n := 0
	_, err := Read(strings.NewReader(canonicalFile), Options{}, func(Row) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("error %v after %d rows", err, n)
	}
}

func TestReportSaysWhatWasFound(t *testing.T) {
	text := "Start;Svarsgrupp;Kanal;Inkomna;Medelsamtalstid;Besvarade inom 60 s;Väder\n" +
		"03/04/2026 08:00;B;Telefon;10;200;80 %;sol\n" +
		"03/04/2026 08:30;B;Telefon;20;200;90 %;sol\n" +
		"03/04/2026 08:30;B;Telefon;21;200;90 %;sol\n" +
		"04/04/2026 08:30;A;e-post;;;;moln\n"
	rows, report := read(t, text, Options{File: "f.csv"})
	loc := stockholm(t)
	want := Report{
		File: "f.csv", Read: 4, Good: 4, Repeats: 1, SetAside: map[Reason]int{},
		Layout: Layout{
			Encoding: "UTF-8", Delimiter: ';', DecimalComma: true, Dates: DayFirst, DatesAmbiguous: true,
			Step: 30 * time.Minute, Zone: "Europe/Stockholm", HeaderLine: 1,
			Columns: []Column{
				{Name: "Start", Use: "interval_start"},
				{Name: "Svarsgrupp", Use: "group"},
				{Name: "Kanal", Use: "channel"},
				{Name: "Inkomna", Use: "offered"},
				{Name: "Medelsamtalstid", Use: "talk_s", Mean: true},
				{Name: "Besvarade inom 60 s", Use: "answered_within", Share: true},
			},
			Ignored: []string{"Väder"},
		},
		Groups: []GroupSpan{
			{"B", "phone", time.Date(2026, 4, 3, 8, 0, 0, 0, loc), time.Date(2026, 4, 3, 8, 30, 0, 0, loc), 3},
			{"A", "email", time.Date(2026, 4, 4, 8, 30, 0, 0, loc), time.Date(2026, 4, 4, 8, 30, 0, 0, loc), 1},
		},
	}
	if d := cmp.Diff(want, report); d != "" {
		t.Error(d)
	}
	// Without answered calls the means and shares are of those offered.
	if r := rows[0]; r.TalkSeconds != 2000 || r.AnsweredWithin != 8 || r.Within != time.Minute {
		t.Errorf("row: %+v", r)
	}
}

// Those answered in time come as counts, shares or per cent.
func TestAnsweredInTime(t *testing.T) {
	for cells, want := range map[string]float64{
		"answered_in_60,8,10":       8,
		"answered_in_60,1,0":        1,
		"sl20,0.8,1":                8,
		"sl20,1,0.95":               10,
		"sl20,80.5,100":             8.05,
		"sl20,80 %,100 %":           8,
		"service_level,80,100":      8,
		"service_level,1,0":         10,
		"Andel svarade inom 60 s,,": math.NaN(),
	} {
		c := strings.Split(cells, ",")
		text := "start,group,offered,answered," + c[0] + "\n2026-11-23 08:00,A,10,10," + c[1] + "\n2026-11-23 08:30,A,10,10," + c[2] + "\n"
		rows, report := read(t, text, Options{})
		if got := rows[0].AnsweredWithin; report.Good != 2 || math.Abs(got-want) > 1e-9 || math.IsNaN(got) != math.IsNaN(want) {
			t.Errorf("%s: %v, want %v\n%v", cells, got, want, report)
		}
	}
}

// TestWall: what the clock showed, in summer as in winter.
func TestWall(t *testing.T) {
	const text = "interval_start,group,offered\n2026-10-24T08:00:00+02:00,a,1\n2026-10-26T08:00:00+01:00,a,2\n2026-10-26T08:15:00,a,3\n"
	rows, _ := read(t, text, Options{Wall: true})
	var got []string
	for _, r := range rows {
		got = append(got, r.Start.Format("2006-01-02 15:04"))
	}
	if d := cmp.Diff([]string{"2026-10-24 08:00", "2026-10-26 08:00", "2026-10-26 08:15"}, got); d != "" {
		t.Errorf("starts (-want +got):\n%s", d)
	}
}

func TestDailyFile(t *testing.T) {
	rows, report := read(t, "date,group,offered,aht_s\n2026-03-28,A,100,300\n2026-03-29,A,0,\n2026-03-30,A,90,200\nTotal,,190,\n", Options{})
	if report.Layout.Step != 24*time.Hour || report.Good != 3 || report.SetAside[ReasonTotal] != 1 {
		t.Errorf("%v", report)
	}
	var steps []time.Duration
	for _, r := range rows {
		if !r.Daily() {
			t.Errorf("not daily: %+v", r)
		}
		steps = append(steps, r.Step)
	}
	if d := cmp.Diff([]time.Duration{24 * time.Hour, 23 * time.Hour, 24 * time.Hour}, steps); d != "" {
		t.Error(d)
	}
	if h := rows[0].Handled(); h != 30000 {
		t.Errorf("handled %v", h)
	}
}

func TestStepOfRows(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"start,group,offered\n2026-11-23 08:00,A,1\n2026-11-23 09:00,A,1\n":              time.Hour,
		"start,group,offered\n2026-11-23 08:00,A,1\n2026-11-23 08:20,A,1\n":              20 * time.Minute,
		"start,group,offered\n2026-11-23 08:00,A,1\n2026-11-24 08:05,A,1\n":              5 * time.Minute,
		"start,group,offered\n2026-11-23 00:00,A,1\n2026-11-24 00:00,A,1\n":              24 * time.Hour,
		"start,interval_min,group,offered\n2026-11-23 08:00,30,A,1\n":                    30 * time.Minute,
		"start,group,offered\n2026-11-23 08:00-08:29,A,1\n":                              30 * time.Minute,
		"start,group,offered\n2026-11-23 08:15,A,1\n2026-11-23 08:07,A,1\n":              15 * time.Minute,
		"tid;datum;grupp;inkomna\n23:45-00:00;2026-11-23;A;1\n08:00;2026-11-24;A;1\n":    15 * time.Minute,
		"datum;starttid;grupp;inkomna;intervall\n2026-11-23;08:30;A;1;x\n":               30 * time.Minute,
		"Interval Start UTC Date,Queue,Offered\n2020-02-26T00:00:00Z,Example Queue A,16": time.Hour,
	} {
		rows, report := read(t, text, Options{})
		if len(rows) == 0 || rows[0].Step != want {
			t.Errorf("%q: %+v\n%v", text, rows, report)
		}
	}
	_, report := read(t, canonicalFile, Options{Step: 5 * time.Minute})
	if report.Layout.Step != 5*time.Minute {
		t.Errorf("step %v though 5 min were given", report.Layout.Step)
	}
	if _, err := Read(strings.NewReader(canonicalFile), Options{Step: 7 * time.Minute}, nil); err == nil {
		t.Error("intervals of 7 minutes were taken")
	}
}

func TestClocksChange(t *testing.T) {
	const header = "start,group,offered\n"
	at := func(rows []Row) (utc []string) {
		for _, r := range rows {
			utc = append(utc, r.Start.UTC().Format("15:04"))
		}
		return utc
	}
	// In autumn 02:00 and 02:30 come twice.
	rows, report := read(t, header+"2026-10-25 01:30,A,1\n2026-10-25 02:00,A,2\n2026-10-25 02:30,A,3\n"+
		"2026-10-25 02:00,A,4\n2026-10-25 02:00,B,9\n2026-10-25 02:30,A,5\n2026-10-25 03:00,A,6\n2026-10-25 02:30,A,7\n", Options{})
	if d := cmp.Diff([]string{"23:30", "00:00", "00:30", "01:00", "00:00", "01:30", "02:00", "01:30"}, at(rows)); d != "" {
		t.Error(d)
	}
	if report.Repeats != 1 {
		t.Errorf("%d repeats, want the third 02:30 of A alone", report.Repeats)
	}
	// In spring they do not come at all.
	rows, report = read(t, header+"2026-03-29 01:30,A,1\n2026-03-29 02:00,A,2\n2026-03-29 02:30,A,0\n2026-03-29 03:00,A,3\n", Options{})
	if d := cmp.Diff([]string{"00:30", "01:00"}, at(rows)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[Reason]int{ReasonSkipped: 1, ReasonNoHour: 1}, report.SetAside); d != "" {
		t.Error(d)
	}
	if len(report.Rejects) != 1 || report.Rejects[0].Line != 3 {
		t.Errorf("rejects %v", report.Rejects)
	}
}
