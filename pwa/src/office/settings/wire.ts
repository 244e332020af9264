import type { Role } from '../wire'

export type Person = {
  id: string
  login: string
  name: string
  roles: Role[]
  unitId: string | null
  unitName: string | null
  disabled: boolean
  sessions: number
}
export type OneTimePassword = { password: string; endsAt: string }
