package atomicfile

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Manifest is the name of the file that vouches for a set. It has a line for
// each file of the set, in the format of the command sha256sum, so that
// `sha256sum --check SHA256SUMS` verifies a set without this program.
const Manifest = "SHA256SUMS"

type checksum struct {
	sum  [sha256.Size]byte
	name string
}

func manifestLine(sum [sha256.Size]byte, name string) string {
	return fmt.Sprintf("%x  %s\n", sum, name)
}

func readManifest(folder *os.Root) ([]checksum, error) {
	text, err := folder.ReadFile(Manifest)
	if err != nil {
		return nil, err
	}
	sums, err := parseManifest(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(folder.Name(), Manifest), err)
	}
	return sums, nil
}

func parseManifest(text string) ([]checksum, error) {
	var sums []checksum
	for line := range strings.Lines(text) {
		digits, name, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "  ")
		sum, err := hex.DecodeString(digits)
		if err != nil || len(sum) != sha256.Size || !plain(name) {
			return nil, fmt.Errorf("line %q: want 64 hexadecimal digits, two spaces and a file name", line)
		}
		sums = append(sums, checksum{[sha256.Size]byte(sum), name})
	}
	return sums, nil
}

func checkNames(files []File) error {
	seen := map[string]bool{Manifest: true}
	for _, f := range files {
		if !plain(f.Name) {
			return fmt.Errorf("file name %q: want a name without a folder", f.Name)
		}
		if seen[f.Name] {
			return fmt.Errorf("file name %q: taken already", f.Name)
		}
		seen[f.Name] = true
	}
	return nil
}

// plain tells whether name is that of a file in the folder itself, on every
// system, and fits a line of the manifest.
func plain(name string) bool {
	return filepath.IsLocal(name) && name != "." && !strings.ContainsAny(name, "/\\\r\n")
}
