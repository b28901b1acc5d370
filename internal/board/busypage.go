package board

import (
	"bytes"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// busyIndex lists the groups that have busy hours.
func (b *Board) busyIndex(w http.ResponseWriter, q *request) error {
	all, err := b.allBusy(q)
	if err != nil {
		return err
	}
	var links []link
	for _, h := range all.Groups {
		values := q.kept()
		links = append(links, link{Text: h.Name, URL: address("/public/busy/"+h.Group, values)})
	}
	title := q.words.Say("board.busy_index")
	return b.show(w, q, http.StatusOK, "links", frame{Title: title, Public: true, Body: linksView{title, links}})
}

func (b *Board) allBusy(q *request) (Busy, error) {
	c, err := b.source.centre()
	if err != nil {
		return Busy{}, err
	}
	all, err := b.busyNow(q.Context(), c)
	if err != nil {
		return Busy{}, fault{Status: http.StatusServiceUnavailable, Key: "board.fault_busy", Cause: err}
	}
	return all, nil
}

// busyHours sends the busy hours of a group: GROUP as a page, GROUP.svg,
// GROUP.json and GROUP.txt. Other sites may show them.
func (b *Board) busyHours(w http.ResponseWriter, q *request) error {
	all, err := b.allBusy(q)
	if err != nil {
		return err
	}
	form := path.Ext(q.PathValue("file"))
	group := strings.TrimSuffix(q.PathValue("file"), form)
	i := slices.IndexFunc(all.Groups, func(h plan.BusyHours) bool { return h.Group == group })
	if i < 0 {
		return notFound("board.fault_group", group)
	}
	w.Header().Set("Cache-Control", "public, max-age=3600")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	view := viewBusy(all, all.Groups[i], q.words)
	if form == "" {
		return b.show(w, q, http.StatusOK, "busy", frame{Title: view.Title, Public: true, Body: view})
	}
	var content bytes.Buffer
	kind, err := b.pages[q.words.Language].writeBusy(&content, form, all, all.Groups[i], q.words)
	if err != nil {
		return err
	}
	send(w, http.StatusOK, kind, content.Bytes())
	return nil
}

// writeBusy writes the busy hours of a group in a form by its ending, and gives
// its content type.
func (p pages) writeBusy(w io.Writer, form string, all Busy, h plan.BusyHours, words *i18n.Words) (string, error) {
	view := viewBusy(all, h, words)
	switch form {
	case ".svg":
		return "image/svg+xml", p["busypicture"].Execute(w, drawBusy(view))
	case ".json":
		return "application/json", busyJSON(w, all, h)
	case ".txt":
		return "text/plain; charset=utf-8", busyText(w, view)
	default:
		return "", notFound("board.fault_page", h.Group+form)
	}
}
