import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { t } from '@/i18n'
import { seriesOf } from './rates'
import type { MonthFigures } from './wire'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

export { init }

/** A colour of the page's own, in the light that it stands in. */
const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** The chart of the months: found and struck off as bars, the share in time as a line. */
export function monthsOption(months: MonthFigures[], animate: boolean) {
  const { names, findings, closed, onTime } = seriesOf(months)
  const text = { color: token('--text-2') }
  const lines = { lineStyle: { color: token('--line') } }
  return {
    animation: animate,
    aria: { enabled: false },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 44, right: 52, top: 40, bottom: 28 },
    legend: { top: 4, textStyle: text },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: names, axisLabel: text, axisLine: lines, axisTick: { show: false } },
    yAxis: [
      { type: 'value', minInterval: 1, axisLabel: text, splitLine: lines },
      { type: 'value', min: 0, max: 100, axisLabel: { ...text, formatter: '{value}%' }, splitLine: { show: false } },
    ],
    series: [
      { type: 'bar', name: t('statistics.findings'), data: findings, barMaxWidth: 22, itemStyle: { color: token('--look-line'), borderRadius: [3, 3, 0, 0] } },
      { type: 'bar', name: t('statistics.closed'), data: closed, barMaxWidth: 22, itemStyle: { color: token('--accent'), borderRadius: [3, 3, 0, 0] } },
      { type: 'line', name: t('statistics.onTime'), data: onTime, yAxisIndex: 1, connectNulls: false, symbolSize: 6, lineStyle: { color: token('--done'), width: 2 }, itemStyle: { color: token('--done') } },
    ],
  }
}
