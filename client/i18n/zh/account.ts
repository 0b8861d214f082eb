export default {
  title: '我的登录',
  note: '您的账户目前在下列设备上处于登录状态。不认识的，请退出，然后修改密码。',
  column: { device: '设备', address: '最近使用的地址', began: '登录时间', used: '最近使用', action: '操作' },
  device: '{system} 上的 {browser}',
  unknownDevice: '未知设备',
  unknownAddress: '未知',
  here: '本设备',
  end: '退出',
  endAll: '在所有设备上退出',
  endAllNote: '包括本设备。已录入而未上报的内容仍保存在各设备上。',
  ending: {
    text: '本次登录将于 {time} 结束。',
    go: '输入密码即可继续；不继续也不会丢失已填的内容，都保存在本设备上。',
    demo: '点“继续”即可延长；已填的内容都保存在本设备上。',
    password: '密码',
    renew: '继续',
  },
}
