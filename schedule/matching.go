package schedule

import "math"

// cheapestMatching gives each row a column of its own so that the sum of the
// costs is least: the Hungarian method with shortest augmenting paths (Jonker
// & Volgenant 1987, Computing 38:325–340). cost[row][column] must have at least
// as many columns as rows, and no entry so large that the sum of a row for each
// overflows. Of equally cheap matchings the result is always the same one.
func cheapestMatching(cost [][]int64) []int {
	rows := len(cost)
	if rows == 0 {
		return nil
	}
	columns := len(cost[0])
	rowPrice := make([]int64, rows)
	price := make([]int64, columns+1) // the last column is where each path begins
	owner := make([]int, columns+1)
	for c := range owner {
		owner[c] = -1
	}
	for row := range rows {
		owner[columns] = row
		dist := make([]int64, columns)
		before := make([]int, columns)
		done := make([]bool, columns+1)
		for c := range dist {
			dist[c] = math.MaxInt64
		}
		at := columns
		for owner[at] >= 0 {
			done[at] = true
			r, next, step := owner[at], -1, int64(math.MaxInt64)
			for c := range columns {
				if done[c] {
					continue
				}
				if d := cost[r][c] - rowPrice[r] - price[c]; d < dist[c] {
					dist[c], before[c] = d, at
				}
				if dist[c] < step {
					step, next = dist[c], c
				}
			}
			for c := range done {
				if done[c] {
					rowPrice[owner[c]] += step
					price[c] -= step
				} else {
					dist[c] -= step
				}
			}
			at = next
		}
		for at != columns {
			owner[at] = owner[before[at]]
			at = before[at]
		}
	}
	match := make([]int, rows)
	for c, row := range owner[:columns] {
		if row >= 0 {
			match[row] = c
		}
	}
	return match
}
