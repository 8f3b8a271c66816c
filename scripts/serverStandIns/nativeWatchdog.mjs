// Stands in for `native-watchdog`: the extension host must not outlive the server that started it. The native one also
// ends a host whose event loop is blocked; this one acts as soon as the loop runs again.

export function start(pid) {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 1_000).unref();
}

export function exit(code) {
  process.exit(code ?? 0);
}
