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
