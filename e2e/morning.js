// The morning of a table lead in a real browser: two are away, the plan is
// repaired, accepted, printed and, the next reader's turn, undone. Then a manager
// looks at the weeks ahead. Every page is looked at on three sizes of screen and in
// both languages, with scripts on and off; on the tablet it is dark.
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'

const skip = why => {
  console.log(`skipped: ${why}`)
  process.exit(0)
}

const names = ['chromium', 'chromium-browser', 'google-chrome']

// chromium is the browser of $CHROMIUM, or the one on the PATH.
function chromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  return process.env.PATH.split(path.delimiter).flatMap(dir => names.map(n => path.join(dir, n))).find(existsSync)
}

const executablePath = chromium()
if (!executablePath) skip('no Chromium: install it, or name it in $CHROMIUM')
const { chromium: browsers } = await import('playwright-core').catch(() => skip('no playwright-core: run npm ci in e2e'))
const { start } = await import('./server.js')
const { Reader, sizes } = await import('./reader.js')
const taps = await import('./taps.js')

const day = '/day/2026-11-23'
const absent = ['Susanne Palm', 'Malin Kvist']

// morning walks through the forms; the plan is in the end as it was.
async function morning(reader, url, lang) {
  const { page } = reader
  await page.goto(`${url}/?lang=${lang}`)
  await reader.look('day')
  await reader.tap('nobody is marked', '.tapbar button.first', 'main .banner.urgent')
  await page.locator('.steps a[href="#step3"]').click()
  if (reader.scripts) await taps.find(reader, absent[0])
  for (const name of absent) await taps.away(page, name)
  await reader.look('marked')
  const began = performance.now()
  await reader.tap('the repaired plan', '.tapbar button.first', 'table.outlook', { clickCount: 2 })
  reader.took = (performance.now() - began) / 1000
  await reader.look('proposal')
  for (const name of absent) reader.expect(`${name} is reported`, await page.locator('.told', { hasText: name }).count() === 1)
  reader.expect('changes to choose from', await page.locator('li.change').count() > 0)
  if (reader.scripts) await taps.backAndForth(reader)
  await taps.takeOffer(reader)
  await page.locator('input[name=yes]:not([disabled])').last().uncheck()
  await (reader.scripts ? taps.acceptLater(reader) : reader.tap('the accepted plan', '#accept button.first', '.changed'))
  reader.expect('back on the day by GET', page.url().includes(day))
  await reader.look('accepted')
  await page.locator('input[name=note]').fill('Talsvar om avgiftsbeslut är på')
  await reader.tap('the note', 'form.note button', '#say ~ ul :text("Talsvar")')
  await printed(reader, url, lang)
  await page.goto(`${url}${day}?lang=${lang}`)
  await taps.lend(reader)
  await page.goto(`${url}${day}?lang=${lang}`)
  await reader.tap('the plan as it was', '.changed button', '.changed:not(:has(button))')
  await page.goto(`${url}/audit?lang=${lang}`)
  reader.expect('the log tells of it', await page.locator('td.what', { hasText: absent[0] }).count() > 0)
  await reader.look('audit')
}

// printed insists that the page of a unit fits on one sheet.
async function printed(reader, url, lang) {
  const { page } = reader
  const answer = await page.goto(`${url}/print?lang=${lang}&unit=barn_ungdom&date=2026-11-23`)
  reader.expect('a page to print', answer.ok())
  await page.screenshot({ path: path.join(reader.shots, `${reader.name}-print.png`), fullPage: true })
  const pdf = await page.pdf({ format: 'A4', path: path.join(reader.shots, `${reader.name}.pdf`), preferCSSPageSize: true })
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length
  reader.expect(`one sheet of paper, found ${pages}`, pages === 1)
}

// weeks asks what the weeks ahead need, what if more called, and when to meet.
// What is worked out for the first reader is there for the next.
async function weeks(reader, url, lang) {
  const { page } = reader
  const worked = { timeout: 180_000 }
  await page.goto(`${url}/weeks?lang=${lang}`)
  await page.locator('table.sums').first().waitFor(worked)
  await page.locator('details.week summary').first().click()
  await reader.look('weeks')
  await page.locator('input[name=volume]').fill('15')
  await page.locator('#whatif ~ form button.first').click()
  await page.locator('table.differences').waitFor(worked)
  reader.expect('the question is in the address', page.url().includes('volume=15'))
  await reader.look('weeks-whatif')
  await page.locator('form.slots button').click()
  await page.locator('table.ranked').waitFor(worked)
  await reader.look('slots')
}

// others are looked at and not walked through. The forecast loads itself again, and
// so comes last.
async function others(reader, url, lang) {
  for (const at of ['/now', '/public/busy', '/nowhere', '/storybook/missed', '/storybook/around', '/storybook/weeks-short', '/storybook/weeks-first', '/forecast']) {
    await reader.page.goto(`${url}${at}?lang=${lang}`)
    await reader.look(at.slice(1).replace('/', '-'))
  }
}

// The sizes that are named on the command line; without any: all.
const wanted = process.argv.slice(2)
const shots = mkdtempSync(path.join(tmpdir(), 'bemanna-shots-'))
const board = await start()
const browser = await browsers.launch({ executablePath, args: ['--no-sandbox'] })
const faults = []
try {
  for (const [size, viewport] of Object.entries(sizes).filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
    for (const [lang, scripts] of [['sv', true], ['en', true], ['sv', false], ['en', false]]) {
      const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, hasTouch: size !== 'desktop', colorScheme: size === 'tablet' ? 'dark' : 'light' })
      const reader = new Reader(await context.newPage(), `${size}-${lang}${scripts ? '' : '-noscript'}`, shots, scripts)
      await morning(reader, board.url, lang)
      await weeks(reader, board.url, lang)
      if (scripts) await others(reader, board.url, lang)
      console.log(`${reader.name}: from tap to repaired plan ${reader.took.toFixed(2)} s, ${reader.faults.length} faults`)
      faults.push(...reader.faults)
      await context.close()
    }
  }
} catch (e) {
  faults.push(`${e.stack}\n${board.log().split('\n').filter(line => line.includes('level=ERROR')).join('\n')}`)
} finally {
  await browser.close()
  board.stop()
}
console.log(`pictures: ${shots}`)
for (const f of faults) console.log(f)
process.exitCode = faults.length > 0 ? 1 : 0
