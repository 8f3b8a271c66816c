/** What `--help` prints beneath the options of each command. */
export const programExamples = `
Examples:
  openclaw-sessions list
  openclaw-sessions show agent:main:main
  openclaw-sessions explain main
  openclaw-sessions list --state-dir /backup/.openclaw --json

Exit codes: 0 nothing wrong was found, 1 problems were found (they are part of
the output), 2 wrong usage or nothing could be read.`;

export const explainExamples = `
Examples:
  openclaw-sessions explain
  openclaw-sessions explain main
  openclaw-sessions explain 3df90563
  openclaw-sessions explain ./3df90563-….jsonl.reset.2026-03-31T04-00-00.397Z
  openclaw-sessions explain --json | jq '.rotations[] | [.at, .key, .causes[0].cause]'

Exit codes: 0 nothing unexpected, 1 a reset that nobody asked for, or a finding
with severity warning or error, 2 wrong usage or nothing could be read.`;

export const watchExamples = `
Examples:
  openclaw-sessions watch
  openclaw-sessions watch --json >> resets.jsonl`;

export const listExamples = `
Examples:
  openclaw-sessions list
  openclaw-sessions list --all --agent main
  openclaw-sessions list --json | jq '.stateDirs[].agents[].conversations[].key'`;

export const showExamples = `
Examples:
  openclaw-sessions show 3df90563
  openclaw-sessions show agent:main:telegram:direct:5551234 | less
  openclaw-sessions show 3df90563 --format markdown > conversation.md
  openclaw-sessions show ./3df90563-….jsonl.reset.2026-03-31T04-00-00.397Z --line 120`;
