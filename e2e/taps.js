// What a lead does beside marking who is away, and what may go wrong meanwhile.

// away says that somebody is away all day.
export async function away(page, name) {
  const person = page.locator('details.person', { hasText: name })
  await person.locator('summary').click()
  await person.locator('input[value=absent]').check()
}

// find leaves the one whose name is typed, and everybody again without it.
export async function find(reader, name) {
  const { page } = reader
  const seen = () => page.locator('.person:visible').count()
  const all = await seen()
  await page.locator('#find').fill(name.toUpperCase())
  reader.expect(`${name} is found among ${all}`, await seen() === 1 && await page.locator('.person:visible', { hasText: name }).count() === 1)
  await page.locator('#find').fill('')
  reader.expect('all are there again', await seen() === all)
}

// takeOffer includes the first thing that can be had beside the changes.
export async function takeOffer(reader) {
  const { page } = reader
  const reported = await page.locator('.told li').count()
  await reader.tap('the plan with what was offered', '.offers button >> nth=0', `.told li:nth-child(${reported + 1})`)
  await reader.look('offer-taken')
}

// lend says that somebody is lent to a group whose calls are theirs anyway, which
// is refused, and to another one.
export async function lend(reader) {
  const { page } = reader
  const to = async (group, result) => {
    await page.locator('select[name=lend]').selectOption({ label: 'Erik Hedlund' })
    await page.locator('select[name=lend-to]').selectOption({ label: group })
    await page.locator('input[name=lend-from]').fill('10:00')
    await page.locator('input[name=lend-until]').fill('12:00')
    await reader.tap(`Erik Hedlund lent to ${group}`, '.tapbar button.first', result)
  }
  await to('God man direkt', 'main .banner.urgent:has-text("Erik Hedlund")')
  await reader.look('refused')
  await to('Fakturor och tomträtt', 'table.outlook')
  await reader.look('lent')
}

// backAndForth leaves the proposal by the browser's buttons and comes back to it.
export async function backAndForth(reader) {
  const { page } = reader
  await page.goBack()
  await page.locator('#checkin').waitFor({ state: 'attached' })
  reader.expect('the way back leads to the day', !page.url().includes('/proposal/'))
  await page.goForward()
  await page.locator('table.outlook').waitFor()
  reader.expect('the way forth leads to the proposal', page.url().includes('/proposal/'))
}

// acceptLater taps while the server cannot be reached, and sends the same again.
export async function acceptLater(reader) {
  const { page } = reader
  reader.offline = true
  await page.context().setOffline(true)
  await page.locator('#accept button.first').click()
  await page.locator('#lost button').waitFor()
  await page.context().setOffline(false)
  reader.offline = false
  reader.expect('the ticks are kept', await page.locator('input[name=yes]:not(:checked)').count() === 1)
  await reader.look('lost')
  await reader.tap('the accepted plan', '#lost button', '.changed')
}
