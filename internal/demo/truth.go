package demo

import "time"

// truth is what the planner has to find out about a group from its history.
// All figures are invented; docs/demo.md says how they were chosen.
type truth struct {
	perDay    float64    // cases on a day on which nothing is special
	spread    float64    // standard deviation of the log of the day's own factor
	afternoon float64    // height of the second peak of the day; the first has 1
	week      [5]float64 // factor of each weekday, Monday first
	talk      float64    // share of the handle time that is talk; the rest is after-call work
	seasons   []season
	mailings  []*mailing
}

// season is a yearly hill or, with a negative gain, a valley around a date.
type season struct {
	month      time.Month
	day        int
	rise, fall float64 // standard deviations in days, before and after the date
	gain       float64 // at the date, as a share of the ordinary volume
}

// mailing is a letter to many, posted on a working day of some months, which
// people call about in the days that follow.
type mailing struct {
	name    string
	letters int
	months  []time.Month // none: every month
	workday int          // of the month, 1 being the first
	gain    float64      // on the day with most calls
}

// answers is how a mailing is answered over the working days from the posting
// on, relative to the day with most calls.
var answers = []float64{0, .55, 1, .82, .6, .42, .3, .2, .13, .08, .05}

var (
	phoneWeek = [5]float64{1.17, 1.06, 1.0, .97, .82}
	urgeWeek  = [5]float64{1.06, 1.0, 1.0, 1.0, 1.0}  // urgent matters know no weekday
	mailWeek  = [5]float64{1.38, 1.02, .95, .91, .78} // Monday has the mail of the weekend
)

var (
	summer      = season{time.July, 18, 17, 15, -.30}
	schoolBreak = season{time.July, 14, 22, 18, -.52}
	christmas   = season{time.December, 29, 5, 4, -.34}
	feesAutumn  = &mailing{name: "Avgiftsbrev", letters: 12000, months: []time.Month{time.October, time.November}, workday: 8, gain: .5}
	feesJanuary = &mailing{name: "Avgiftsbeslut", letters: 18500, months: []time.Month{time.January}, workday: 9, gain: .85}
	invoices    = &mailing{name: "Fakturor", letters: 21000, workday: 6, gain: .55}
	reminders   = &mailing{name: "Påminnelser", letters: 6200, workday: 16, gain: .22}
	schoolOffer = &mailing{name: "Placeringsbesked", letters: 4100, months: []time.Month{time.April}, workday: 4, gain: .8}
)

// truths are the hidden facts of each group of the centre file.
var truths = map[string]truth{
	"granstad_direkt": {
		perDay: 222, spread: .050, afternoon: .72, week: phoneWeek, talk: .86,
		seasons: []season{summer, christmas, {time.January, 12, 6, 12, .10}, {time.August, 24, 8, 14, .08}},
	},
	"trygghet": {
		perDay: 44, spread: .060, afternoon: .95, week: urgeWeek, talk: .74,
		seasons: []season{{time.July, 18, 17, 15, -.12}, {time.December, 20, 12, 6, .14}},
	},
	"aldre_direkt": {
		perDay: 208, spread: .060, afternoon: .60, week: phoneWeek, talk: .80,
		seasons:  []season{{time.July, 18, 17, 15, -.20}, christmas},
		mailings: []*mailing{feesAutumn, feesJanuary},
	},
	"funktionsratt": {
		perDay: 106, spread: .065, afternoon: .72, week: phoneWeek, talk: .79,
		seasons:  []season{summer, christmas},
		mailings: []*mailing{feesJanuary},
	},
	"godman": {
		perDay: 68, spread: .085, afternoon: .75, week: phoneWeek, talk: .76,
		seasons: []season{summer, christmas, {time.February, 22, 14, 7, .55}}, // accounts of the year, due on 1 March
	},
	"epost_stod": {
		perDay: 134, spread: .060, week: mailWeek,
		seasons:  []season{summer, christmas},
		mailings: []*mailing{feesAutumn, feesJanuary},
	},
	"forskola": {
		perDay: 126, spread: .060, afternoon: .84, week: phoneWeek, talk: .82,
		seasons:  []season{schoolBreak, christmas, {time.January, 30, 10, 14, .18}, {time.August, 14, 7, 10, .40}},
		mailings: []*mailing{schoolOffer},
	},
	"skola": {
		perDay: 118, spread: .065, afternoon: .90, week: phoneWeek, talk: .82,
		seasons:  []season{schoolBreak, christmas, {time.January, 29, 9, 6, .90}, {time.August, 17, 6, 9, .45}},
		mailings: []*mailing{schoolOffer},
	},
	"kultur_kollo": {
		perDay: 48, spread: .090, afternoon: .80, week: phoneWeek, talk: .84,
		seasons: []season{schoolBreak, christmas, {time.March, 10, 8, 12, 1.7}, {time.August, 28, 8, 10, .50}},
	},
	"epost_barn": {
		perDay: 116, spread: .065, week: mailWeek,
		seasons: []season{schoolBreak, christmas, {time.January, 30, 10, 8, .55}, {time.August, 17, 7, 10, .35}},
	},
	"parkering": {
		perDay: 116, spread: .065, afternoon: .66, week: phoneWeek, talk: .83,
		seasons: []season{summer, christmas, {time.September, 4, 12, 16, .22}, {time.January, 20, 25, 30, .16}},
	},
	"fakturor": {
		perDay: 112, spread: .065, afternoon: .70, week: phoneWeek, talk: .85,
		seasons:  []season{summer, christmas},
		mailings: []*mailing{invoices, reminders},
	},
	"tillstand": {
		perDay: 50, spread: .085, afternoon: .74, week: phoneWeek, talk: .75,
		seasons: []season{{time.July, 18, 17, 15, -.22}, christmas, {time.April, 2, 22, 24, .45}},
	},
	"e_stod": {
		perDay: 60, spread: .080, afternoon: .82, week: phoneWeek, talk: .80,
		seasons: []season{summer, christmas, {time.January, 27, 12, 12, .30}},
	},
	"epost_tekniska": {
		perDay: 136, spread: .060, week: mailWeek,
		seasons:  []season{summer, christmas, {time.April, 2, 22, 24, .12}},
		mailings: []*mailing{invoices},
	},
}
