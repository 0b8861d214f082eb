/** The reader of geometry finds each fault on a small page made for it, and nothing where nothing is wrong. */
import { faultsOn } from './geometry/look.ts'
import { expect, test } from './support.ts'

/** What is on the page, and what is said of it; each in a box of its own, 80 px from the next. */
const FAULTS: readonly [title: string, html: string, said: RegExp][] = [
  ['a figure cut at the side', `<p style="width: 40px; overflow: hidden">12,345,678</p>`, /^cut: “12,345,678”/],
  ['a figure cut below', `<p style="height: 9px; line-height: 20px; overflow: clip">1,508</p>`, /^cut: “1,508”/],
  [
    'a figure that ends in an ellipsis, though it is told elsewhere',
    `<p title="1,288,888" style="width: 40px; overflow: hidden; text-overflow: ellipsis">1,288,888</p>`,
    /^cut: “1,288,888”/,
  ],
  [
    'a name that ends in an ellipsis and is nowhere told',
    `<p style="width: 40px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap">Bournemouth</p>`,
    /^cut: “Bournemouth”/,
  ],
  [
    'a second line out of sight',
    `<p style="width: 60px; height: 20px; line-height: 20px; overflow: hidden">one line another</p>`,
    /^a line of it is out of sight/,
  ],
  [
    'half a figure at a scrolling edge',
    `<div style="width: 60px; overflow-x: auto; white-space: nowrap"><p>1,508 12,345</p></div>`,
    /^half a figure at a scrolling edge/,
  ],
  [
    'half a row behind one that stays',
    `<div style="position: relative; width: 90px"><p>1,508</p><p style="position: absolute; left: 20px; top: 0; width: 60px; height: 20px; background: white"></p></div>`,
    /^half covered: “1,508”/,
  ],
  ['words over words', `<p>Applications</p><p style="margin-top: -12px">Cleared</p>`, /^one over another/],
  [
    'words of a chart over each other',
    `<svg width="100" height="30"><text x="0" y="20">Path 2.34 M</text><text x="20" y="20">Target</text></svg>`,
    /^one over another/,
  ],
  [
    'the first digit outside the chart',
    `<svg width="60" height="30" style="overflow: hidden"><text x="-6" y="20">100000</text></svg>`,
    /^cut: “100000”/,
  ],
  [
    'words of a chart under a clip path',
    `<svg width="100" height="30"><clipPath id="c"><rect width="30" height="30"/></clipPath><g clip-path="url(#c)"><text x="0" y="20">2,345,678</text></g></svg>`,
    /^cut: “2,345,678”/,
  ],
  [
    'a mark outside its chart',
    `<svg width="60" height="20"><rect x="50" y="2" width="30" height="30" fill="red"/></svg>`,
    /^outside its chart by 20 px/,
  ],
  [
    'a mark over words',
    `<div style="width: 90px; position: relative"><p>Bolzano</p><svg style="position: absolute; left: 10px; top: 2px" width="12" height="12"><circle cx="6" cy="6" r="6"/></svg></div>`,
    /^a mark over words: “Bolzano”/,
  ],
  [
    'what is typed and cut',
    `<input aria-label="x" style="width: 50px; height: 26px" value="1,288,888">`,
    /^cut: “1,288,888”/,
  ],
  [
    'what is chosen and cut',
    `<select aria-label="x" style="width: 60px; height: 26px"><option>Plan of January</option></select>`,
    /^cut: “Plan of/,
  ],
  [
    'words over what is typed',
    `<input aria-label="x" style="width: 90px; height: 26px; text-align: right; padding: 0; border: 0" value="1,288,888"><small style="display: block; width: 90px; margin-top: -14px; text-align: right; line-height: 12px; position: relative; z-index: 1">total 12</small>`,
    /^one over another/,
  ],
  ['a button too low', `<button style="height: 18px; width: 60px">Send</button>`, /^60 × 18 px: “Send”/],
  ['a link too narrow', `<a href="/x" style="display: block; width: 12px; height: 30px">§</a>`, /^12 × 30 px/],
  ['a tick without words', `<input type="checkbox" aria-label="y" style="width: 13px; height: 13px">`, /^13 × 13 px/],
  [
    'targets over each other',
    `<button style="width: 60px; height: 30px; text-align: left">I</button><button style="width: 60px; height: 30px; margin-left: -20px; opacity: 0.9">Two</button>`,
    /^targets overlap/,
  ],
]

/** Each looks like one of the faults, and is none. */
const SOUND: readonly [title: string, html: string][] = [
  [
    'a name that ends in an ellipsis and is told',
    `<p title="Bournemouth" style="width: 40px; overflow: hidden; text-overflow: ellipsis">Bournemouth</p>`,
  ],
  [
    'a figure that is absent',
    `<div style="height: 20px; line-height: 20px; overflow: hidden"><p>1,508</p><p>2,604</p></div>`,
  ],
  [
    'the room above and below letters',
    `<div style="line-height: 1; font-size: 30px; overflow: hidden; width: 200px">1,508</div>`,
  ],
  [
    'rows that wait behind an edge',
    `<div style="height: 40px; line-height: 20px; overflow-y: auto; width: 200px"><p>1</p><p>2</p><p>3</p></div>`,
  ],
  [
    'words for screen readers',
    `<span class="unseen" style="position: absolute; width: 1px; height: 1px; overflow: hidden">12,345</span>`,
  ],
  ['a link in a sentence', `<p>Whoever asks is told in <a href="/x">the list</a> of fees.</p>`],
  [
    'a small sign that a wide area belongs to',
    `<button style="position: relative; width: 12px; height: 12px"><i style="position: absolute; inset: -7px"></i></button>`,
  ],
  [
    'a tick with its words',
    `<label style="display: block; width: 120px; line-height: 26px"><input type="checkbox"> all of them</label>`,
  ],
  [
    'a button on a row that is a link',
    `<div style="position: relative; width: 200px; height: 40px"><a href="/x" aria-label="row" style="position: absolute; inset: 0"></a><button style="position: absolute; left: 80px; top: 5px; width: 60px; height: 28px">Go</button></div>`,
  ],
]

const page = (html: string) =>
  `<!doctype html><style>* { margin: 0; box-sizing: border-box } body { padding: 40px; font: 14px/20px sans-serif } div.box { margin-bottom: 60px } button, input { border: 0; padding: 0 }</style><div class="box">${html}</div>`

for (const [title, html, said] of FAULTS)
  test(`finds ${title}`, async ({ page: tab }) => {
    await tab.setContent(page(html))
    const faults = await faultsOn(tab)
    expect(faults).not.toEqual([])
    for (const fault of faults) expect(fault).toMatch(said)
  })

test('finds nothing where nothing is wrong', async ({ page: tab }) => {
  for (const [title, html] of SOUND) {
    await tab.setContent(page(html))
    expect.soft(await faultsOn(tab), title).toEqual([])
  }
})

test('finds a page that is too wide, and what stands below the fold', async ({ page: tab }) => {
  await tab.setContent(
    page(`<p style="width: 3000px">wide</p><p style="margin-top: 2000px; width: 30px; overflow: hidden">1,508,000</p>`),
  )
  expect((await faultsOn(tab)).map((f) => f.split(' in ')[0])).toEqual([
    expect.stringMatching(/^the page is \d+ px too wide/),
    'cut: “1,508,000”',
  ])
})
