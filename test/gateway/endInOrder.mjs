/** Playwright ends its tests in order, servers and browsers included, on SIGINT only. */
export default function setup() {
  process.once("SIGTERM", () => process.kill(process.pid, "SIGINT"));
}
