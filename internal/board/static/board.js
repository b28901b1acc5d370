// What a page with scripts does beside the swapping of parts, which is htmx's:
// it says what goes on, sends again what got lost, takes the reader to the result,
// and finds a name.
addEventListener('DOMContentLoaded', () => {
  const working = document.getElementById('working')
  const lost = document.getElementById('lost')
  const told = document.getElementById('told')
  let again = () => {}

  document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
    const { form, submitter } = ctx.request
    again = () => form?.requestSubmit(submitter)
    lost.hidden = true
    told.textContent = ''
    working.textContent = working.dataset.text
  })
  document.addEventListener('htmx:finally:request', () => { working.textContent = '' })
  document.addEventListener('htmx:error', () => {
    lost.hidden = false
    lost.querySelector('button').focus()
  })
  lost.querySelector('button').addEventListener('click', () => again())
  document.addEventListener('htmx:after:swap', () => {
    const result = document.querySelector('main .banner.urgent') ?? document.querySelector('main h1')
    result.tabIndex = -1
    result.focus()
    told.textContent = result.textContent
  })

  // Of sixty people the one whose name is being typed is left.
  document.addEventListener('input', ({ target }) => {
    if (target.id !== 'find') return
    const wanted = target.value.trim().toLocaleLowerCase()
    for (const table of document.querySelectorAll('.table')) {
      const people = [...table.querySelectorAll('.person')]
      people.forEach(p => { p.hidden = !p.querySelector('.name').textContent.toLocaleLowerCase().includes(wanted) })
      table.hidden = people.every(p => p.hidden)
    }
  })
})
