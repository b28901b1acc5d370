package plan

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/ingest"
)

// Importer is what the spine wants of a store that takes history in.
type Importer interface {
	// Import takes a file into the history of a source, all of it or nothing;
	// read gives its rows to add.
	Import(ctx context.Context, source string, file FileInfo,
		read func(add func(ingest.Row) error) (ingest.Report, error)) (ImportSummary, error)
}

// FileInfo names a file that is imported.
type FileInfo struct {
	Name   string
	SHA256 string // in hexadecimal
	At     time.Time
}

// ImportSummary says what an import did. Intervals that a file repeats count
// once.
type ImportSummary struct {
	New, Changed, Same int
	Report             ingest.Report
}

// File is an export to be imported: its name and its bytes as they are on the
// disk.
type File struct {
	Name    string
	Content []byte
}

// SHA256 gives the checksum of the content, in hexadecimal.
func (f File) SHA256() string {
	sum := sha256.Sum256(f.Content)
	return hex.EncodeToString(sum[:])
}

// Import reads one file of telephony history into the store, under the
// centre's name of its source. Rows that cannot be right are set aside; the
// rest goes in.
func Import(ctx context.Context, c *centre.Centre, s Importer, f File, now time.Time) (ImportSummary, error) {
	info := FileInfo{Name: f.Name, SHA256: f.SHA256(), At: now}
	var ofFile error
	sum, err := s.Import(ctx, c.Source, info, func(add func(ingest.Row) error) (ingest.Report, error) {
		var ofStore error
		report, err := ingest.Read(bytes.NewReader(f.Content), ingest.Options{
			File: f.Name, Location: c.Location, Channel: string(centre.Phone), Group: onlyGroup(c),
		}, func(row ingest.Row) error {
			ofStore = add(row)
			return ofStore
		})
		if ofStore == nil {
			ofFile = err
		}
		return report, err
	})
	if ofFile != nil {
		return sum, ofFile // it says all that its user needs: not in which store the file is not
	}
	return sum, err
}

// onlyGroup names the telephone group of a centre that has just one: its files
// need no column for it.
func onlyGroup(c *centre.Centre) string {
	if len(c.Groups) == 1 {
		return c.Groups[0].ID
	}
	return ""
}
