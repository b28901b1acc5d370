package board

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed static/*
var staticFiles embed.FS

// assets are the style and the pictures of all pages, each under a name that
// changes with its content: browsers may keep them for ever.
type assets struct {
	names   map[string]string // board.css -> board-1f2e3d4c.css
	content map[string][]byte // by the name with the hash
}

func readAssets() assets {
	a := assets{names: map[string]string{}, content: map[string][]byte{}}
	entries, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		panic(err) // built in
	}
	for _, e := range entries {
		content, err := staticFiles.ReadFile("static/" + e.Name())
		if err != nil {
			panic(err) // built in
		}
		sum := sha256.Sum256(content)
		ext := path.Ext(e.Name())
		hashed := strings.TrimSuffix(e.Name(), ext) + "-" + hex.EncodeToString(sum[:4]) + ext
		a.names[e.Name()], a.content[hashed] = hashed, content
	}
	return a
}

// url is where a page finds an asset.
func (a assets) url(name string) string {
	hashed, ok := a.names[name]
	if !ok {
		panic(fmt.Sprintf("asset %q: no such file", name))
	}
	return "/static/" + hashed
}

// favicon leads those who look for a picture where all sites have it to ours.
func (b *Board) favicon(w http.ResponseWriter, q *request) error {
	http.Redirect(w, q.Request, b.assets.url("icon.svg"), http.StatusFound)
	return nil
}

// static sends an asset.
func (b *Board) static(w http.ResponseWriter, q *request) error {
	name := q.PathValue("file")
	content, ok := b.assets.content[name]
	if !ok {
		return notFound("board.fault_page", "/static/"+name)
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	send(w, http.StatusOK, mime.TypeByExtension(path.Ext(name)), content)
	return nil
}
