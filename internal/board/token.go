package board

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// tokenBytes is the length of a link's token: 128 random bits, which nobody
// guesses.
const tokenBytes = 16

// NewToken gives a random token for somebody's link, and its hash. The token is
// for the person alone; the store gets the hash.
func NewToken() (token string, hash []byte) {
	b := make([]byte, tokenBytes)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b), hashOf(b)
}

// hashOf needs no salt: a token is random, not a word that somebody thought of.
func hashOf(token []byte) []byte {
	sum := sha256.Sum256(token)
	return sum[:]
}

// parseToken reads a token and gives its hash.
func parseToken(s string) (hash []byte, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != tokenBytes {
		return nil, false
	}
	return hashOf(b), true
}
