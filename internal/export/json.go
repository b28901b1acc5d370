package export

import (
	"encoding/json"
	"io"
)

// JSON writes v as indented JSON with a newline at the end.
func JSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
