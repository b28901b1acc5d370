package board

import (
	"io"

	"bemanna/internal/atomicfile"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// WriteBusy writes the busy hours as files for a web server: index.html and, for
// each group, GROUP.html, GROUP.svg, GROUP.json and GROUP.txt, with the style
// that the pages want. All of them are replaced, or none.
func WriteBusy(dir string, all Busy, words *i18n.Words) error {
	pages, err := parsePages(words)
	if err != nil {
		return err
	}
	assets := readAssets()
	around := func(title string, body any) frame {
		return frame{
			Lang: words.Language, Title: title, Centre: all.Centre, Public: true, Body: body,
			Style: assets.names["board.css"], Icon: assets.names["icon.svg"],
		}
	}
	var files []atomicfile.File
	for _, name := range []string{assets.names["board.css"], assets.names["icon.svg"]} {
		files = append(files, atomicfile.File{Name: name, Write: func(w io.Writer) error {
			_, err := w.Write(assets.content[name])
			return err
		}})
	}
	var links []link
	for _, h := range all.Groups {
		links = append(links, link{Text: h.Name, URL: h.Group + ".html"})
		view := viewBusy(all, h, words)
		files = append(files, atomicfile.File{Name: h.Group + ".html", Write: func(w io.Writer) error {
			return pages["busy"].Execute(w, around(view.Title, view))
		}})
		files = append(files, pages.busyForms(all, h, words)...)
	}
	files = append(files, atomicfile.File{Name: "index.html", Write: func(w io.Writer) error {
		title := words.Say("board.busy_index")
		return pages["links"].Execute(w, around(title, linksView{title, links}))
	}})
	return atomicfile.WriteSet(dir, files)
}

// busyForms are the busy hours of a group as a picture, as data and as text.
func (p pages) busyForms(all Busy, h plan.BusyHours, words *i18n.Words) []atomicfile.File {
	var files []atomicfile.File
	for _, form := range []string{".svg", ".json", ".txt"} {
		files = append(files, atomicfile.File{Name: h.Group + form, Write: func(w io.Writer) error {
			_, err := p.writeBusy(w, form, all, h, words)
			return err
		}})
	}
	return files
}
