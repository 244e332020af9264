/** The parts of the wire that are kept on the device. */
export type { ActionBody, Fix, InspectionBody, InspectionReceipt, Me, Outcome, PhonePack, RecheckBody, Value } from '@/api/types'
export type { FieldError } from '@/api/problem'
