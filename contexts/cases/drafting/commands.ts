/**
 * Answers of a resident's report between the pages of the form (docs/decisions/0025). They lie on the server because a browser without a script
 * has nowhere else to keep a picture, and in no address, so that no history of a shared telephone holds them.
 */
import { randomBytes } from 'node:crypto'
import { addMs, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { readPhoto } from '#platform/photo.ts'
import type { CaseServices } from '../commands.ts'
import { refuse } from '../refusals.ts'
import { addDraftPhoto, draftPhotos, findDraft, putDraft, removeDraft, removeDraftPhotos, removeExpired, type DraftTables } from './store.ts'

type DraftTx = Tx<DraftTables>

/** Fields of the pages, by name. */
export type DraftAnswers = Readonly<Record<string, string>>

/** How long a draft waits for its next page, and a receipt for being looked at again. */
export const DRAFT_MS = HOUR_MS
export const RECEIPT_MS = 10 * MINUTE_MS
export const DRAFT_PHOTOS_AT_MOST = 5

/** The drafts of one installation. `key` is what the browser keeps in a cookie; the database knows its keyed hash only. */
export interface ReportDrafts {
  /** Undefined where there is none, or where it has expired. */
  read(key: string): Promise<DraftAnswers | undefined>
  /** Keeps the answers; without a key it begins a draft. Returns the key. */
  save(key: string | undefined, answers: DraftAnswers, keptMs?: number): Promise<string>
  addPhoto(key: string, bytes: Uint8Array): Promise<void>
  /** Small pictures as addresses that hold the picture itself. */
  photos(key: string): Promise<{ id: string; address: string }[]>
  /** The pictures themselves, to go along with the report. */
  photoBytes(key: string): Promise<Uint8Array[]>
  /** One picture, or all. */
  dropPhotos(key: string, id?: string): Promise<void>
  drop(key: string): Promise<void>
  /** Forgets what expired. Returns how many. */
  sweep(): Promise<number>
}

export function reportDrafts({ database, clock, secrets }: Pick<CaseServices, 'database' | 'clock' | 'secrets'>): ReportDrafts {
  const within = <T>(work: (tx: DraftTx) => Promise<T>): Promise<T> => inTransaction(database, work)
  const hash = (key: string): string => secrets.hash(`draft:${key}`)
  const seal = (bytes: Uint8Array): string => secrets.encrypt(Buffer.from(bytes).toString('base64'))
  return {
    read: async (key) => {
      const box = await within((tx) => findDraft(tx, hash(key), clock.now()))
      return box === undefined ? undefined : (JSON.parse(secrets.decrypt(box)) as DraftAnswers)
    },
    save: async (key = randomBytes(16).toString('base64url'), answers, keptMs = DRAFT_MS) => {
      await within((tx) => putDraft(tx, hash(key), secrets.encrypt(JSON.stringify(answers)), addMs(clock.now(), keptMs)))
      return key
    },
    addPhoto: async (key, bytes) => {
      const photo = await readPhoto(bytes)
      await within(async (tx) => {
        const before = await draftPhotos(tx, hash(key), 'small')
        if (before.length >= DRAFT_PHOTOS_AT_MOST) throw refuse.photosFull({ most: DRAFT_PHOTOS_AT_MOST }, 'photo')
        await addDraftPhoto(tx, { keyHash: hash(key), id: newId(), fullBox: seal(photo.full), smallBox: seal(photo.small) })
      })
    },
    photos: async (key) => {
      const rows = await within((tx) => draftPhotos(tx, hash(key), 'small'))
      return rows.map(({ id, box }) => ({ id, address: `data:image/webp;base64,${secrets.decrypt(box)}` }))
    },
    photoBytes: async (key) => {
      const rows = await within((tx) => draftPhotos(tx, hash(key), 'full'))
      return rows.map(({ box }) => Buffer.from(secrets.decrypt(box), 'base64'))
    },
    dropPhotos: (key, id) => within((tx) => removeDraftPhotos(tx, hash(key), id)),
    drop: (key) => within((tx) => removeDraft(tx, hash(key))),
    sweep: () => within((tx) => removeExpired(tx, clock.now())),
  }
}
