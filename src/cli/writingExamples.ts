/** What `--help` prints beneath the options of the commands that write. Examples fit into 60 columns. */
export const restoreExamples = `
Examples:
  openclaw-sessions restore main --dry-run
  openclaw-sessions restore main
  openclaw-sessions restore 3df90563 --yes
  openclaw-sessions restore 3df90563 --into-new-key
  openclaw-sessions restore 3df90563 --key agent:main:main

Stop the gateway first: openclaw gateway stop

Exit codes: 0 done, or with --dry-run: it could be done, 2 wrong usage or nothing could be read, 3 not done and all is as it was, 4 interrupted: \`openclaw-sessions recover\` ends it.`;

export const undoExamples = `
Examples:
  openclaw-sessions undo
  openclaw-sessions undo 20261120T201530Z-1f2e3d4c
  openclaw-sessions undo --switch-back

Exit codes: 0 done, or with --dry-run: it could be done, 2 wrong usage or nothing could be read, 3 not done and all is as it was, 4 interrupted: \`openclaw-sessions recover\` ends it.`;

export const restoresExamples = `
Examples:
  openclaw-sessions restores
  openclaw-sessions restores --json | jq '.restores[].id'

Exit codes: 0 listed, 1 one is unfinished, or some cannot be read, 2 wrong usage or nothing could be read.`;

export const recoverExamples = `
Examples:
  openclaw-sessions recover
  openclaw-sessions recover --take-back
  openclaw-sessions recover --finish

Exit codes: 0 ended, or there is none, 2 wrong usage or nothing could be read, 3 nothing was changed, 4 still unfinished.`;

export const keepExamples = `
Examples:
  openclaw-sessions keep 3df90563
  openclaw-sessions keep --all-archives
  openclaw-sessions keep --list

Exit codes: 0 kept, 1 some could not be kept, 2 wrong usage or nothing could be read.`;
