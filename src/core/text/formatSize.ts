const units = ["bytes", "KB", "MB", "GB", "TB"] as const;

/**
 * Sizes as VS Code and file managers show them, 1 KB = 1,024 bytes, with one decimal below ten: `0 bytes`, `41 KB`, `1.2 GB`.
 */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  // 1023.5 would be rounded to "1024 KB": such a size belongs to the next unit already.
  while (Math.round(value) >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const rounded = unit > 0 && value < 9.95 ? value.toFixed(1).replace(/\.0$/, "") : formatNumber(Math.round(value));
  if (unit === 0) return rounded === "1" ? "1 byte" : `${rounded} bytes`;
  return `${rounded} ${units[unit] ?? ""}`;
}

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** Whole numbers with groups of three: `12,345`. */
export function formatNumber(value: number): string {
  return value < 1000 && value >= 0 && Number.isInteger(value) ? String(value) : grouped.format(value);
}
