// A reader of the board in a browser, who looks twice: every page is checked for
// what a reader with other eyes or hands would stumble over.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const sizes = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
}

// Reader is somebody with a screen of one size and a language.
export class Reader {
  // With scripts off the pages are looked at, but axe, a script, cannot run.
  constructor(page, name, shots, scripts) {
    Object.assign(this, { page, name, shots, scripts, faults: [], step: 0 })
    page.on('console', m => {
      // The browser itself says so when we answer that something cannot be.
      const expected = this.offline || /status of (404|409|422)/.test(m.text())
      if (!expected && (m.type() === 'error' || m.type() === 'warning')) this.fault(`console: ${m.text()} ${m.location().url}`)
    })
    page.on('pageerror', e => this.fault(`script: ${e.message}`))
    page.on('requestfailed', r => {
      const left = r.failure()?.errorText === 'net::ERR_ABORTED' // the reader was on another page before it came
      if (!this.offline && !left) this.fault(`not loaded: ${r.url()}`)
    })
  }

  fault(text) {
    this.faults.push(`${this.name}: ${text}`)
  }

  // look checks the page that is shown and keeps a picture of it.
  async look(what) {
    const { page } = this
    const file = `${this.name}-${++this.step}-${what}.png`
    await page.screenshot({ path: path.join(this.shots, file), fullPage: what !== 'marked' })
    if (!this.scripts) return
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight)) // where the bar of buttons covers nothing
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wide > 0) this.fault(`${what}: ${wide} px wider than the screen`)
    const found = await page.evaluate(`${axe}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`)
    // What axe leaves behind would be copied by a swap, and be against the policy.
    await page.evaluate(() => document.querySelectorAll('[style=""]').forEach(e => e.removeAttribute('style')))
    for (const v of found.violations) {
      this.fault(`${what}: axe ${v.impact}: ${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 120)}`)
    }
  }

  // tap clicks and waits for the result. With scripts the page must be the same
  // one, and the reader at the heading of the result or what is wrong.
  async tap(what, button, result, options) {
    const { page } = this
    if (this.scripts) await page.evaluate(() => { window.stays = true })
    await page.locator(button).click(options)
    await page.locator(result).first().waitFor()
    if (!this.scripts) return
    const at = page.locator('main h1:focus, main .banner.urgent:focus').waitFor({ timeout: 5_000 })
    this.expect(`${what}: the reader is at it`, await at.then(() => true, () => false))
    this.expect(`${what}: without loading the page anew`, await page.evaluate(() => window.stays))
    this.expect(`${what}: is told`, await page.evaluate(() => document.getElementById('told').textContent === document.activeElement.textContent))
  }

  // expect says what is wrong where something is not as it should be.
  expect(what, is) {
    if (!is) this.fault(`${what}: not so`)
  }
}
