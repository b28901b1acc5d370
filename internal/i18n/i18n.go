// Package i18n has the words of the program in Swedish and English, and the
// way in which each language writes numbers, shares, dates and times.
package i18n

import (
	"embed"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"bemanna/internal/civil"
)

//go:embed catalogue/*.yaml
var catalogues embed.FS

// Languages are the languages that New knows.
var Languages = []string{"sv", "en"}

// Words speaks one language.
type Words struct {
	Language string
	localize *i18n.Localizer
	printer  *message.Printer
}

// Args are the values that a message names.
type Args map[string]any

// New gives the words of a language, sv or en.
func New(lang string) (*Words, error) {
	switch lang {
	case "sv", "en":
	default:
		return nil, fmt.Errorf("language %q: want sv or en", lang)
	}
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	for _, l := range Languages {
		if _, err := bundle.LoadMessageFileFS(catalogues, "catalogue/"+l+".yaml"); err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", l, err)
		}
	}
	return &Words{
		Language: lang,
		localize: i18n.NewLocalizer(bundle, lang),
		printer:  message.NewPrinter(language.Make(lang)),
	}, nil
}

// Say gives the message id with its values. A message that is not in the
// catalogue is a fault of ours; it comes back as its id, so that a page is
// never lost for the want of a word.
func (w *Words) Say(id string, args ...Args) string {
	c := &i18n.LocalizeConfig{MessageID: id}
	if len(args) > 0 {
		c.TemplateData = args[0]
	}
	s, err := w.localize.Localize(c)
	if err != nil {
		return id
	}
	return s
}

// none is what stands for a number that does not exist: the share of no calls.
const none = "–"

// Number writes x with the given number of decimals. What rounds to zero has no
// sign; NaN and infinities are written as a dash.
func (w *Words) Number(x float64, decimals int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return none
	}
	s := w.printer.Sprint(number.Decimal(x, number.Scale(decimals)))
	s = strings.ReplaceAll(s, "−", "-") // a plain minus, for terminals and chats
	if !strings.ContainsAny(s, "123456789") {
		return strings.TrimPrefix(s, "-")
	}
	return s
}

// Share writes 0.853 as 85 % with the given number of decimals.
func (w *Words) Share(x float64, decimals int) string {
	s := w.Number(100*x, decimals)
	switch {
	case s == none:
		return none
	case w.Language == "sv":
		return s + "\u00a0%"
	default:
		return s + "%"
	}
}

// Chance writes a probability in whole per cent, and never as certain.
func (w *Words) Chance(p float64) string {
	switch {
	case p > 0.995:
		return ">" + w.Share(0.99, 0)
	case p < 0.005:
		return "<" + w.Share(0.01, 0)
	default:
		return w.Share(p, 0)
	}
}

// Change writes a factor of 1.18 as +18 %.
func (w *Words) Change(factor float64) string {
	s := w.Share(factor-1, 0)
	if !strings.HasPrefix(s, "-") && s != none {
		s = "+" + s
	}
	return s
}

// Day writes a day as tis 24 nov 2026.
func (w *Words) Day(d civil.Date) string {
	y, m, day := d.Civil()
	return fmt.Sprintf("%s %d %s %d", w.Weekday(d), day, w.Month(m), y)
}

var (
	weekdays = map[string][7]string{
		"sv": {"sön", "mån", "tis", "ons", "tor", "fre", "lör"},
		"en": {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	}
	longWeekdays = map[string][7]string{
		"sv": {"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"},
		"en": {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	}
	months = map[string][12]string{
		"sv": {"jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"},
		"en": {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	}
)

// Weekday gives the short name of the day of the week.
func (w *Words) Weekday(d civil.Date) string { return weekdays[w.Language][d.Weekday()] }

// LongWeekday gives the name of the day of the week.
func (w *Words) LongWeekday(d civil.Date) string { return longWeekdays[w.Language][d.Weekday()] }

// Month gives the short name of a month.
func (w *Words) Month(m time.Month) string { return months[w.Language][m-1] }

// Stamp writes an instant as mån 23 nov 18:00, in its own location.
func (w *Words) Stamp(t time.Time) string {
	d := civil.DateOf(t)
	_, m, day := d.Civil()
	return fmt.Sprintf("%s %d %s %s", w.Weekday(d), day, w.Month(m), civil.ClockOf(t))
}
