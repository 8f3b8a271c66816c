/** What `--help` prints beneath the options of each command. Examples fit into 60 columns: folded they could not be copied. */
export const programExamples = `
Examples:
  openclaw-sessions list
  openclaw-sessions show agent:main:main
  openclaw-sessions explain main
  openclaw-sessions list --state-dir /backup/.openclaw

Exit codes: 0 nothing wrong was found, 1 problems were found (they are part of the output), 2 wrong usage or nothing could be read.`;

export const explainExamples = `
Examples:
  openclaw-sessions explain
  openclaw-sessions explain main
  openclaw-sessions explain main --state-dir ./backup
  openclaw-sessions explain 3df90563
  openclaw-sessions explain ./3df90563-….jsonl.reset.2026-…
  openclaw-sessions explain --json | jq '.rotations[].key'

Exit codes: 0 nothing unexpected, 1 a reset that nobody asked for, a finding with severity warning or error, or sessions that cannot be read, 2 wrong usage or nothing could be read.`;

export const watchExamples = `
Examples:
  openclaw-sessions watch
  openclaw-sessions watch --json >> resets.jsonl

Exit codes: 0 it was stopped, 2 wrong usage or nothing to watch.`;

export const listExamples = `
Examples:
  openclaw-sessions list
  openclaw-sessions list --all --agent main
  openclaw-sessions list --json | jq '.stateDirs[].path'

Exit codes: 0 nothing wrong was found, 1 problems were found (they are part of the output), 2 wrong usage or nothing could be read.`;

export const showExamples = `
Examples:
  openclaw-sessions show 3df90563
  openclaw-sessions show telegram:direct:5551234 | less
  openclaw-sessions show 3df90563 --format markdown > a.md
  openclaw-sessions show ./3df90563-….jsonl.reset.2026-…

Exit codes: 0 nothing wrong was found, 1 the file is damaged (it is shown all the same), 2 wrong usage or it cannot be read.`;
