package ingest

import (
	"bytes"
	"fmt"
	"testing"
	"time"
)

// made writes a file of quarter-hours for 14 groups.
func made(rows int) []byte {
	var b bytes.Buffer
	b.WriteString("interval_start;group;offered;answered;abandoned;aht_s\n")
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range rows {
		at := start.Add(time.Duration(i/14) * 15 * time.Minute)
		fmt.Fprintf(&b, "%s;group %02d;%d;%d;1;301,5\n", at.Format("2006-01-02 15:04"), i%14, i%20+1, i%20)
	}
	return b.Bytes()
}

func BenchmarkRead(b *testing.B) {
	const rows = 1_000_000
	file := made(rows)
	loc := stockholm(b)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		report, err := Read(bytes.NewReader(file), Options{Location: loc}, func(Row) error { return nil })
		if err != nil || report.Good+report.SetAside[ReasonSkipped] != rows { // quarter-hours in UTC: some do not exist in Stockholm
			b.Fatal(err, report.Good)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
