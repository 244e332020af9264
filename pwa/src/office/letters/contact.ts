const KEY = 'xungai.letterContact'

type Contact = { name: string; phone: string }

/** Whom the last letter from this desk named: the next one begins with the same. */
export function contact(): Contact {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const { name = '', phone = '' } = kept as Partial<Contact>
    return { name: String(name), phone: String(phone) }
  } catch {
    return { name: '', phone: '' }
  }
}

export function keepContact(next: Contact): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Private mode: typed again next time.
  }
}
