import { h, type VNodeChild } from 'vue'
import { hidden, submitButton } from './form.ts'
import { portalSizes, portalThemes } from './look.ts'
import type { PageParts, Reader } from './page.ts'

/** Text size, theme and language on one plain page; what is chosen stays on this device. */
export function settingsPage({ t, look }: Reader): PageParts {
  const sizes = { standard: t('sizeStandard'), large: t('sizeLarge'), elder: t('sizeElder') }
  const themes = { system: t('themeSystem'), light: t('themeLight'), dark: t('themeDark'), contrast: t('themeContrast') }
  return {
    at: 'settings',
    title: t('settings'),
    content: [
      h('h1', t('settings')),
      h('form', { method: 'post', action: '/settings' }, [
        choices(
          t('size'),
          'size',
          portalSizes.map((value) => ({ value, label: sizes[value] })),
          look.size,
        ),
        choices(
          t('theme'),
          'theme',
          portalThemes.map((value) => ({ value, label: themes[value] })),
          look.theme,
        ),
        choices(
          t('language'),
          'language',
          [
            { value: 'zh', label: '中文', lang: 'zh-CN' },
            { value: 'en', label: 'English', lang: 'en' },
          ],
          look.language,
        ),
        hidden('page', 'settings'),
        submitButton(t('settingsSave')),
      ]),
    ],
  }
}

interface Choice {
  readonly value: string
  readonly label: string
  readonly lang?: string
}

function choices(legend: string, name: string, list: readonly Choice[], chosen: string): VNodeChild {
  const items = list.map(({ value, label, lang }) =>
    h('label', { class: 'choice', lang }, [h('input', { type: 'radio', name, value, checked: value === chosen || undefined }), h('span', label)]),
  )
  return h('fieldset', { class: 'group' }, [h('legend', legend), h('div', { class: 'choices' }, items)])
}
