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
	provider := ""
	if p.endsThere() && q.URL.Query().Get("state") != stateLeft {
		provider = q.to("/logout/provider")
	}
	return p.b.showLogout(w, q, q.user.Name, provider)
}

// endsThere tells whether one can log out of the provider.
func (p loginPages) endsThere() bool {
	known := p.finding.found.Load()
	return known != nil && known.endSession != ""
}

// showLogout shows the page on which a user logs out; "": nobody is logged in, and
// provider is where one logs out of the provider, if it has such a page.
func (b *Board) showLogout(w http.ResponseWriter, q *request, user, provider string) error {
	v := logoutView{Title: q.words.Say("board.logged_out"), Text: q.words.Say("board.logged_out_text"), Provider: provider, Login: q.to("/login")}
	if user != "" {
		v = logoutView{Title: q.words.Say("board.logout"), Text: q.words.Say("board.logged_in", i18n.Args{"User": user}), Leave: q.to("/logout")}
	}
	return b.show(w, q, http.StatusOK, "logout", frame{Title: v.Title, Body: v})
}

// leave ends the session here, and leads on to the provider to end the one there.
// A redirection would not do: a form may only lead to pages of ours (form-action in
// the policy), also by way of others. So the answer is a page that goes on by itself.
func (p loginPages) leave(w http.ResponseWriter, q *request) error {
	token, err := p.sessions.end(q.Context(), p.cookie(q.Request, sessionCookie))
	p.unwritten(q, err)
	p.setCookie(w, sessionCookie, "", -1)
	w.Header().Set("Clear-Site-Data", `"cache"`) // the button Back shows nothing any more
	w.Header().Set("Cache-Control", "no-store")
	if !p.endsThere() {
		return see(w, q, q.to("/logout"))
	}
	to, err := p.finding.found.Load().ends(p.URL+"/logout", token)
	if err != nil {
		return err
	}
	w.Header().Set("Refresh", "0; url="+to)
	q.user = User{}
	return p.b.showLogout(w, q, "", q.to("/logout/provider"))
}

// leaveProvider goes on to the provider, to log out there as well.
func (p loginPages) leaveProvider(w http.ResponseWriter, q *request) error {
	if !p.endsThere() {
		return notFound("board.fault_page", q.URL.Path)
	}
	to, err := p.finding.found.Load().ends(p.URL+"/logout", "")
	if err != nil {
		return err
	}
	http.Redirect(w, q.Request, to, http.StatusSeeOther)
	return nil
}
