const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const named = (device: string, names: [RegExp, string][]) => names.find(([sign]) => sign.test(device))?.[1]

/** A browser's long name for itself, as a person would say it; a name that somebody gave stays. */
export function deviceName(device: string): string {
  if (!device.startsWith('Mozilla/')) return device
  return [named(device, SYSTEMS), named(device, BROWSERS)].filter(Boolean).join(' · ')
}
