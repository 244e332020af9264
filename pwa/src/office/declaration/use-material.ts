import type { Ref } from 'vue'
import { useOpened } from '../state/use-opened'
import * as api from './api'
import type { Material } from './wire'

/** One open material: read, kept up to date, and changed step by step. */
export function useMaterial(id: Ref<string>, changed: () => void) {
  const { data: material, error, failure, busy, read, send } = useOpened<Material>(id, api.material)

  /** Do something that answers with the material; true where the server did it. */
  function act(what: () => Promise<Material>): Promise<boolean> {
    const asked = id.value
    return send(async () => {
      const answer = await what()
      if (id.value === asked) material.value = answer
      changed()
    })
  }

  return { material, error, failure, busy, read, act }
}
