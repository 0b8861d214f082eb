/** What was found wrong with the log, in the reader's words. */
import { useI18n } from 'vue-i18n'
import type { Finding } from '../../../shared/protocol/operation.ts'

/** Puts a finding into a sentence. */
export function useFindings(): (finding: Finding) => string {
  const { t } = useI18n()
  return ({ code, seq, type, params }) => {
    const event =
      seq === null ? '' : type === null ? t('operation.event', { seq }) : t('operation.eventOf', { seq, type })
    const what = code === 'reference' ? t(`operation.what.${params.what}`) : params.what
    return t(`operation.finding.${code}`, { ...params, event, what: what ?? '' })
  }
}
