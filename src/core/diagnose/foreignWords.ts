/**
 * What servers in other languages say of a refusal, with the English words that stand for the same: what only names the matter
 * (an address, a secret, a code) and what is wrong with it. Longer terms come first.
 */
const glossary: readonly (readonly [foreign: string, english: string])[] = [
  [
    '重定向|回调|回調|跳转地址|リダイレクト|コールバック|리디렉션|리다이렉트|콜백|weiterleitungs|umleitungs|rückruf|redirección|redireccionamiento|redirecionamento|de rappel|reindirizzamento|перенаправлен|przekierowani|yönlendirme|omleiding',
    'redirect uri',
  ],
  [
    '刷新令牌|更新令牌|リフレッシュ ?トークン|리프레시 ?토큰|갱신 ?토큰|aktualisierungstoken|jeton d.actualisation|token de actualización|token de atualização|токен обновления',
    'refresh token',
  ],
  [
    '授权码|授權碼|認可コード|認証コード|인가 ?코드|인증 ?코드|autorisierungscode|code d.autorisation|código de autori[zs]a|codice di autorizzazione|код авторизации',
    'code',
  ],
  ['授权类型|授權類型|グラント ?タイプ|권한 ?부여 ?유형', 'grant type'],
  ['权限范围|授权范围|权限域|スコープ|스코프|권한 ?범위|berechtigungsumfang', 'scope'],
  [
    '密钥|密鑰|シークレット|시크릿|geheimnis|clientschlüssel|\\bsecreto\\b|segredo|segreto|секрет',
    'client secret',
  ],
  [
    '客户端|客戶端|应用|應用|クライアント|アプリ|클라이언트|애플리케이션|anwendung|aplicación|aplicativo|applicazione|клиент|приложени',
    'client',
  ],
  [
    '用户|用戶|账号|账户|帳號|ユーザー?|사용자|계정|benutzer|utilisateur|usuari|utente|пользовател',
    'user account',
  ],
  ['密码|密碼|パスワード|비밀번호|kennwort|passwort|mot de passe|contraseña|senha|пароль', 'password'],
  ['参数|參數|パラメータ|파라미터|매개변수|parámetro|parâmetro|paramètre|параметр', 'parameter'],
  [
    '不存在|未找到|找不到|未注册|未註冊|存在しません|見つかりません|登録されていません|존재하지|찾을 수 없|등록되지|nicht gefunden|existiert nicht|nicht registriert|introuvable|n.existe pas|\\bno existen?\\b|não existe|non trovat|не найден|не существ',
    'does not exist',
  ],
  [
    '不匹配|不一致|不符|一致しません|일치하지|stimmt nicht|stimmen nicht|ne correspond|no coincide|não corresponde|non corrisponde|не совпада|не соответств',
    'does not match',
  ],
  [
    '已过期|已過期|过期|過期|失效|有効期限|期限切れ|만료|abgelaufen|expiré|caducad|expirad|scadut|ист[её]к|просрочен',
    'expired',
  ],
  [
    '已被使用|已使用|使用済み|이미 사용|bereits verwendet|déjà utilisé|ya utilizad|já utilizad|уже использ',
    'already used',
  ],
  [
    '禁用|停用|冻结|無効化|비활성|gesperrt|deaktiviert|désactivé|deshabilitad|desativad|отключ[её]н|заблокирован',
    'disabled',
  ],
  [
    '无效|無效|不正确|不正確|不合法|非法|错误|錯誤|無効|不正|正しくありません|잘못된|유효하지|올바르지|ungültig|falsch|\\binvalides?\\b|inválid|non valid|no es válid|неверн|недействительн|недопустим',
    'invalid',
  ],
  ['缺少|缺失|누락|fehlt|manquant|\\bfaltan?\\b|mancante|отсутству', 'missing'],
  ['不能为空|不可為空|が必要|必須|필수', 'is required'],
];
const terms = glossary.map(([foreign, english]) => [new RegExp(foreign, 'giu'), ` ${english} `] as const);

/** A sentence with the words of other languages that are known put into English; an English one as it is. */
export function inEnglish(sentence: string): string {
  const english = terms.reduce((text, [foreign, word]) => text.replaceAll(foreign, word), sentence);
  return english === sentence ? sentence : english.replaceAll(/ {2,}/g, ' ');
}
