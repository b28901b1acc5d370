package csvtext_test

import (
	"testing"

	"bemanna/internal/csvtext"
)

func TestDecode(t *testing.T) {
	for name, data := range map[string]string{
		"UTF-8": "å;ä", "with its mark": "\ufeffå;ä", "Windows-1252": "\xe5;\xe4",
		"UTF-16 little": "\xff\xfe\xe5\x00;\x00\xe4\x00", "UTF-16 big": "\xfe\xff\x00\xe5\x00;\x00\xe4",
	} {
		if got := string(csvtext.Decode([]byte(data))); got != "å;ä" {
			t.Errorf("%s: %q, want å;ä", name, got)
		}
	}
}

func TestDelimiter(t *testing.T) {
	for data, want := range map[string]rune{
		"": ',', "a\nb;c": ',', "a,b;c;d\n1,2,3": ';', "\r\n\na\tb,c\td": '\t', "a,b;c": ',',
	} {
		if got := csvtext.Delimiter([]byte(data)); got != want {
			t.Errorf("%q: %q, want %q", data, got, want)
		}
	}
}
