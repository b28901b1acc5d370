// The program as its users have it: built, with the demo centre planned, served
// on this machine by a clock that stands at ten to eight.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')
const now = '2026-11-23T07:50:00+01:00'

// start gives the address of a board, and what stops it and clears up.
export async function start() {
  const dir = mkdtempSync(path.join(tmpdir(), 'bemanna-e2e-'))
  const program = path.join(dir, 'bemanna')
  const centre = path.join(dir, 'demo')
  const env = { ...process.env, BEMANNA_CENTRE: centre, BEMANNA_NOW: now }
  const run = (file, args, status = [0]) => {
    try {
      execFileSync(file, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] })
    } catch (e) {
      if (!status.includes(e.status)) throw new Error(`${file} ${args.join(' ')}: ${e.stderr}`)
    }
  }
  run('go', ['build', '-o', program, './cmd/bemanna'])
  run(program, ['demo', centre])
  const history = path.join(centre, 'history')
  run(program, ['import', ...readdirSync(history).map(name => path.join(history, name))])
  run(program, ['plan'], [0, 3]) // 3: the day misses its target

  const server = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--storybook'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const log = []
  const url = await new Promise((found, failed) => {
    server.stderr.setEncoding('utf8').on('data', text => {
      log.push(text)
      const at = log.join('').match(/the board is at (http:\S+)/)
      if (at) found(at[1])
    })
    server.on('exit', () => failed(new Error(`the server stopped: ${log.join('')}`)))
  })
  return {
    url,
    log: () => log.join(''),
    stop() {
      server.kill()
      rmSync(dir, { recursive: true })
    },
  }
}
