// Package erlang has the queueing models of contact centres: how long callers
// wait, how many hang up, and how many agents keep a promise to them.
//
// Calls arrive at random (Poisson), talk for a time that is exponential in
// the models, wait in the order in which they came, and leave when their
// patience ends. [Queue] describes the calls, [Queue.Performance] says what a
// given number of agents does with them, and [Queue.Agents] finds the number
// of agents for a [Target]. Four models stand behind them:
//
//   - Erlang B, nobody waits: [B];
//   - Erlang C, nobody hangs up: [C], or a Queue with AbandonRate 0;
//   - Erlang A, callers hang up at a constant rate: a Queue with AbandonRate above 0;
//   - M/M/n+G, callers hang up as they do: a Queue with a [Patience].
//
// Patience comes from records: [EstimatePatience] from single calls, and
// [EstimateAbandonRate] from totals. A mean of the waits of those who hung up
// is neither.
//
// [Pool] handles several groups of calls that share agents, and
// [Queue.Mixed] a rate that is not known for certain. [Transient] follows a day
// whose rates and staff change, with what each interval leaves to the next;
// [StaffDay] staffs it, and [Expect] says how likely it is to reach its target.
//
// Times are seconds and rates are per second. Agents may be a fraction: add
// fractions over groups first and round last, with [Whole]. A "service level"
// means little without its [Definition]. Every result is the same, bit for
// bit, on each call; nothing here reads a clock or draws random numbers.
package erlang
