// The command of our extension, as it is packaged, in a real VS Code on the state directory of a stopped gateway.
import { join, resolve } from "node:path";
import { runOrThrow, toolEnvironment } from "../../scripts/run.mjs";

const root = resolve(import.meta.dirname, "../..");
let before = Promise.resolve();

/**
 * Backups go where our command line has them: what the one restores the other can undo.
 *
 * @param {{ home: string, state: string, zone: string }} place
 */
export function editorOn({ home, state, zone }) {
  return (key) => oneAtATime(() => restoreInEditor(key));

  function restoreInEditor(key) {
    const config = join(root, "test", "gateway", "playwright.config.ts");
    const output = join(home, "playwright");
    return runOrThrow(
      process.env["OPENCLAW_SESSIONS_NODE"] ?? process.execPath,
      [join(root, "node_modules/@playwright/test/cli.js"), "test", "--config", config, "--output", output],
      {
        cwd: root,
        env: {
          ...toolEnvironment(),
          GATEWAY_STATE: state,
          GATEWAY_BACKUPS: join(home, "backups"),
          GATEWAY_TIME_ZONE: zone,
          GATEWAY_KEY: key,
        },
        limitSeconds: 240,
      },
    );
  }
}

/** Two workbenches at once are no faster on two cores, and less steady. */
function oneAtATime(act) {
  const turn = before.then(act);
  before = turn.then(
    () => undefined,
    () => undefined,
  );
  return turn;
}
