// Package sim simulates days of a contact centre, call by call: what a plan
// for several groups that share agents is worth, where formulas end.
//
// A [Model] is the day: groups of calls with their rates, handle times and
// patience, e-mail, and agents with their duties. [Run] simulates it many
// times and gives a [Result]:
//
//	r, err := sim.Run(ctx, model, sim.Options{Replications: 1000, Seed: 1})
//	r.Day().ServiceLevel(erlang.OfOffered)       // Estimate: mean and 95 % confidence interval
//	r.Day().Quantile(erlang.OfOffered, 0.1)      // the level that nine days of ten reach
//	r.Day().Chance(erlang.OfOffered, 0.85)       // the chance that a day reaches 85 %
//	r.Group(g).SpeedOfAnswer()                   // of a group's calls
//	r.At(g, t).Counts()                          // of the calls of a group that came in an interval
//	r.Interval(t).Abandonment()                  // of all groups
//	r.Part(i).Chance(erlang.OfOffered, 0.85)     // of a stretch of the day, as of the day: see Options.Parts
//	r.WorkAt(t).Occupancy()                      // of those on telephone duty
//	r.Email(k).InTime()                          // share of messages answered in time
//
// The house is empty when the day begins. A call goes to a free agent, else it
// waits; a free agent takes the call of the least Priority, and among those the
// one that has waited longest. Nothing new comes after the end of the grid,
// but those who wait are answered by agents whose duty lasts longer, until
// all have been answered or hung up.
//
// All that is random about a call is drawn when it comes, from a stream of
// its group's own, so that plans simulated with the same seed meet the same
// day. Confidence intervals are from whole days, never from calls, which
// depend on each other.
//
// The tests hold the simulation against the formulas of package erlang, steady
// and transient, and against what others have published of nine centres.
package sim
