package board

import (
	"net/http"

	"bemanna/internal/i18n"
)

// logoutView is the page on which somebody logs out, or has.
type logoutView struct {
	Title, Text string
	Leave       string // where the form goes; "": nobody is logged in
	Provider    string // where one logs out of the provider; "": nowhere
	Login       string
}

// left offers to log out, or says that nobody is logged in.
func (p loginPages) left(w http.ResponseWriter, q *request) error {
	known := p.finding.found.Load()
	return p.b.showLogout(w, q, q.user.Name, known != nil && known.endSession != "")
}

func (b *Board) showLogout(w http.ResponseWriter, q *request, user string, provider bool) error {
	v := logoutView{Title: q.words.Say("board.logged_out"), Text: q.words.Say("board.logged_out_text"), Login: q.to("/login")}
	switch {
	case user != "":
		v = logoutView{Title: q.words.Say("board.logout"), Text: q.words.Say("board.logged_in", i18n.Args{"User": user}), Leave: q.to("/logout")}
	case provider:
		v.Provider = q.to("/logout/provider")
	}
	return b.show(w, q, http.StatusOK, "logout", frame{Title: v.Title, Body: v})
}

// leave ends the session. It does not go on to the provider by itself: a form may
// only lead to pages of ours (form-action in the policy), and whoever logs out
// here may want to stay logged in elsewhere.
func (p loginPages) leave(w http.ResponseWriter, q *request) error {
	p.sessions.end(p.cookie(q.Request, sessionCookie))
	p.setCookie(w, sessionCookie, "", -1)
	w.Header().Set("Clear-Site-Data", `"cache"`) // the button Back shows nothing any more
	return see(w, q, q.to("/logout"))
}

// leaveProvider goes on to the provider, to log out there as well.
func (p loginPages) leaveProvider(w http.ResponseWriter, q *request) error {
	known := p.finding.found.Load()
	if known == nil || known.endSession == "" {
		return notFound("board.fault_page", q.URL.Path)
	}
	to, err := known.ends(p.URL + "/logout")
	if err != nil {
		return err
	}
	http.Redirect(w, q.Request, to, http.StatusSeeOther)
	return nil
}
