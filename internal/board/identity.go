package board

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
)

// mostUserName is the longest name of a user, in bytes: it stands in the log and
// beside what people did.
const mostUserName = 200

// identity is what an ID token says of somebody.
type identity struct {
	name         string
	groups       []string  // and roles, as the provider names them
	subject, sid string    // the user and the session at the provider; sid "": it has no name
	issued       time.Time // by the provider's clock
	token        string    // as it was sent; "": not known any more
}

// vouches names who says who somebody is, and by which claims: what another
// provider said, or said to another client, does not hold here.
func (o OIDCOptions) vouches() string {
	return strings.Join([]string{o.Issuer, o.ClientID, o.UserClaim, o.RoleClaim}, "\n")
}

// identityOf reads an ID token that has been verified. A token without the claim of
// the name is refused; another claim in its place could be chosen by somebody who
// wants to be taken for another.
func (o *OIDC) identityOf(token *oidc.IDToken) (identity, error) {
	var claims map[string]any
	if err := token.Claims(&claims); err != nil {
		return identity{}, fmt.Errorf("ID token: %w", err)
	}
	// A token for several is ours if it was issued to us (Core 1.0, section 3.1.3.7).
	if party, said := claims["azp"]; said && party != o.ClientID || !said && len(token.Audience) > 1 {
		return identity{}, fmt.Errorf("ID token: issued to %.100q, want %q", fmt.Sprint(party), o.ClientID)
	}
	name, _ := claims[o.UserClaim].(string)
	hidden := func(r rune) bool { return !unicode.IsPrint(r) }
	switch {
	case strings.TrimSpace(name) != name, name == "", len(name) > mostUserName, strings.ContainsFunc(name, hidden):
		return identity{}, fmt.Errorf("claim %q: %.300q, want the name of a user", o.UserClaim, name)
	case o.UserClaim == "email" && claims["email_verified"] != true:
		return identity{}, fmt.Errorf("claim %q: %q is not verified", o.UserClaim, name)
	}
	who := identity{name: name, subject: token.Subject, issued: token.IssuedAt}
	who.sid, _ = claims["sid"].(string)
	if o.RoleClaim == "" {
		return who, nil
	}
	var err error
	if who.groups, err = texts(claims[o.RoleClaim]); err != nil {
		return identity{}, fmt.Errorf("claim %q: %w", o.RoleClaim, err)
	}
	return who, nil
}

// texts reads a claim that is a text, a list of texts or not there. A text is one
// role or group: the name of a group may have commas in it.
func texts(claim any) ([]string, error) {
	switch v := claim.(type) {
	case nil:
		return nil, nil
	case string:
		return []string{v}, nil
	case []any:
		out := make([]string, len(v))
		for i, x := range v {
			out[i], _ = x.(string)
		}
		if !slices.Contains(out, "") {
			return out, nil
		}
	}
	return nil, fmt.Errorf("%.100v, want a text or a list of texts", claim)
}
