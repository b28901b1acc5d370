package board

import (
	"net/http"
	"slices"
	"time"
)

// story is a state of a page, with made data.
type story struct {
	name string
	show func(b *Board, w http.ResponseWriter, q *request, loc *time.Location) error
}

// stories are all states of all pages.
func stories() []story {
	var out []story
	for _, s := range dayStories {
		out = append(out, story{s.name, s.show})
	}
	for _, s := range tapStories {
		out = append(out, story{s.name, s.show})
	}
	for _, s := range weeksStories {
		out = append(out, story{s.name, s.show})
	}
	for _, s := range slotsStories {
		out = append(out, story{s.name, s.show})
	}
	return append(out, accessStories...)
}

// storybookIndex lists the stories.
func (b *Board) storybookIndex(w http.ResponseWriter, q *request) error {
	var links []link
	for _, s := range stories() {
		links = append(links, link{Text: s.name, URL: q.to("/storybook/" + s.name)})
	}
	return b.show(w, q, http.StatusOK, "links", frame{Title: "Storybook", Body: linksView{"Storybook", links}})
}

// story shows a state of a page.
func (b *Board) story(w http.ResponseWriter, q *request) error {
	name := q.PathValue("story")
	all := stories()
	i := slices.IndexFunc(all, func(s story) bool { return s.name == name })
	if i < 0 {
		return notFound("board.fault_page", name)
	}
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		return err
	}
	return all[i].show(b, w, q, loc)
}
