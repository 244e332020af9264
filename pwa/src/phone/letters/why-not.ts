import { Problem } from '@/api/problem'
import { t } from '@/i18n'
import { askPassword } from '@/outbox/status'

/** Do something that the server must take; why it did not, in words, or nothing. A session that ended asks for the password. */
export async function whyNot(send: () => Promise<unknown>): Promise<string> {
  try {
    await send()
    return ''
  } catch (error) {
    if (error instanceof Problem && error.status === 401) askPassword()
    return error instanceof Problem ? error.message : t('letters.notSent')
  }
}
