// Our command line, as it is shipped, run beside a gateway: on the same machine, in the same zone, with the same temporary files.
import { execFile } from "node:child_process";
import { join, resolve } from "node:path";

const program = resolve(import.meta.dirname, "../../dist/cli.js");

/** @param {{ home: string, state: string, zone: string }} place */
export function ourCommand({ home, state, zone }) {
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    TMPDIR: join(home, "tmp"),
    TZ: zone,
    NO_COLOR: "1",
  };
  const directories = ["--state-dir", state, "--backup-dir", join(home, "backups")];
  return (...words) =>
    new Promise((done) => {
      // The Node that ran the tests' own program, which is the oldest one we support.
      const node = process.env["OPENCLAW_SESSIONS_NODE"] ?? process.execPath;
      execFile(
        node,
        [program, ...words, "--json", ...directories],
        { env, cwd: home, maxBuffer: 64 << 20 },
        (error, stdout, stderr) => {
          const answer = parsed(stdout);
          done({ code: error ? (error.code ?? 1) : 0, answer, told: [stderr, ...objections(answer)].join("\n") });
        },
      );
    });
}

/** What stood in the way, for whoever reads why a check failed. */
function objections(answer) {
  const checks = (answer?.checks ?? []).filter(({ level }) => level !== "ok" && level !== "warning");
  return [answer?.message, ...checks.map(({ level, code, text }) => `${level} ${code}: ${text}`)];
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
