package dev.ferritedb.oauth2;

import java.util.List;
import java.util.stream.Stream;

/// The providers, in the order in which they are shown. Source of names, endpoints, scopes and members: the
/// providers' own documentation.
final class Declarations {
    private Declarations() {}

    static List<Declaration> all() {
        return Stream.of(widelyUsed(), forDevelopers(), forTeams(), forMedia(), ofOneself())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Declaration> widelyUsed() {
        return List.of(
                Declaration.of("apple", "Apple", "#000000")
                        .scopes("name", "email")
                        .endpoints(
                                "https://appleid.apple.com/auth/authorize", "https://appleid.apple.com/auth/token", "")
                        .authParameter("response_mode", "form_post")
                        .idTokens("https://appleid.apple.com/auth/keys", "https://appleid.apple.com")
                        .id("{sub}")
                        .email("{email}", EmailProof.stated("email_verified"))
                        .done(),
                Declaration.of("google", "Google", "#4285f4")
                        .scopes("openid", "email", "profile")
                        .endpoints(
                                "https://accounts.google.com/o/oauth2/v2/auth",
                                "https://oauth2.googleapis.com/token",
                                "https://openidconnect.googleapis.com/v1/userinfo")
                        .idTokens(
                                "https://www.googleapis.com/oauth2/v3/certs",
                                "https://accounts.google.com",
                                "accounts.google.com")
                        .id("{sub}")
                        .email("{email}", EmailProof.stated("email_verified"))
                        .avatar("{picture}")
                        .done(),
                // Microsoft lets an organization put any address into a profile.
                Declaration.of("microsoft", "Microsoft", "#00a4ef")
                        .scopes("User.Read")
                        .endpoints(
                                "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
                                "https://login.microsoftonline.com/common/oauth2/v2.0/token",
                                "https://graph.microsoft.com/v1.0/me")
                        .name("{displayName}")
                        .email("{mail}", EmailProof.Known.NEVER)
                        .done(),
                Declaration.of("yandex", "Yandex", "#fc3f1d")
                        .scopes("login:email", "login:avatar", "login:info")
                        .endpoints(
                                "https://oauth.yandex.com/authorize",
                                "https://oauth.yandex.com/token",
                                "https://login.yandex.ru/info")
                        .name("{real_name}")
                        .username("{login}")
                        .email("{default_email}", EmailProof.Known.NEVER)
                        .avatar("https://avatars.yandex.net/get-yapic/{default_avatar_id}/islands-200")
                        .done(),
                // Without a version in the path Facebook takes the oldest that the app may use.
                Declaration.of("facebook", "Facebook", "#1877f2")
                        .scopes("email")
                        .endpoints(
                                "https://www.facebook.com/dialog/oauth",
                                "https://graph.facebook.com/oauth/access_token",
                                "https://graph.facebook.com/me?fields=name,email,picture.type(large)")
                        .email("{email}", EmailProof.Known.NEVER)
                        .avatar("{picture.data.url}")
                        .done(),
                Declaration.of("instagram2", "Instagram", "#e1306c")
                        .scopes("instagram_business_basic")
                        .endpoints(
                                "https://www.instagram.com/oauth/authorize",
                                "https://api.instagram.com/oauth/access_token",
                                "https://graph.instagram.com/me?fields=user_id,username,name,profile_picture_url")
                        .id("{user_id}")
                        .username("{username}")
                        .avatar("{profile_picture_url}")
                        .done());
    }

    private static List<Declaration> forDevelopers() {
        return List.of(
                Declaration.of("github", "GitHub", "#24292f")
                        .scopes("read:user", "user:email")
                        .endpoints(
                                "https://github.com/login/oauth/authorize",
                                "https://github.com/login/oauth/access_token",
                                "https://api.github.com/user")
                        .username("{login}")
                        .email(EmailList.LIKE_GITHUB)
                        .avatar("{avatar_url}")
                        .done(),
                Declaration.of("gitlab", "GitLab", "#fc6d26")
                        .scopes("read_user")
                        .endpoints(
                                "https://gitlab.com/oauth/authorize",
                                "https://gitlab.com/oauth/token",
                                "https://gitlab.com/api/v4/user")
                        .username("{username}")
                        .email("{email}", new EmailProof.Dated("confirmed_at"))
                        .avatar("{avatar_url}")
                        .done(),
                Declaration.of("bitbucket", "Bitbucket", "#0052cc")
                        .withoutPkce()
                        .scopes("account", "email")
                        .endpoints(
                                "https://bitbucket.org/site/oauth2/authorize",
                                "https://bitbucket.org/site/oauth2/access_token",
                                "https://api.bitbucket.org/2.0/user")
                        .id("{uuid}")
                        .name("{display_name}")
                        .username("{username}")
                        .email(new EmailList("/emails", "values", "email", "is_primary", "is_confirmed", "true"))
                        .avatar("{links.avatar.href}")
                        .activeWhen("account_status", "active")
                        .done(),
                Declaration.of("gitee", "Gitee", "#c71d23")
                        .scopes("user_info", "emails")
                        .endpoints(
                                "https://gitee.com/oauth/authorize",
                                "https://gitee.com/oauth/token",
                                "https://gitee.com/api/v5/user")
                        .username("{login}")
                        .email(new EmailList("emails", "", "email", "scope", "state", "confirmed"))
                        .avatar("{avatar_url}")
                        .done(),
                Declaration.of("gitea", "Gitea/Forgejo", "#609926")
                        .scopes("read:user", "user:email")
                        .endpoints(
                                "https://gitea.com/login/oauth/authorize",
                                "https://gitea.com/login/oauth/access_token",
                                "https://gitea.com/api/v1/user")
                        .name("{full_name}", "{login}")
                        .username("{login}")
                        .email(EmailList.LIKE_GITHUB)
                        .avatar("{avatar_url}")
                        .activeWhen("active", "true")
                        .done(),
                Declaration.of("wakatime", "WakaTime", "#000000")
                        .scopes("email")
                        .endpoints(
                                "https://wakatime.com/oauth/authorize",
                                "https://wakatime.com/oauth/token",
                                "https://wakatime.com/api/v1/users/current")
                        .id("{data.id}")
                        .name("{data.display_name}")
                        .username("{data.username}")
                        .email("{data.email}", EmailProof.stated("data.is_email_confirmed"))
                        .avatar("{data.photo}")
                        .done());
    }

    private static List<Declaration> forTeams() {
        return List.of(
                Declaration.of("linear", "Linear", "#5e6ad2")
                        .withoutPkce()
                        .scopes("read")
                        .endpoints(
                                "https://linear.app/oauth/authorize",
                                "https://api.linear.app/oauth/token",
                                "https://api.linear.app/graphql")
                        .userQuery("query { viewer { id displayName name email avatarUrl active } }")
                        .id("{data.viewer.id}")
                        .name("{data.viewer.name}")
                        .username("{data.viewer.displayName}")
                        .email("{data.viewer.email}", EmailProof.Known.NEVER)
                        .avatar("{data.viewer.avatarUrl}")
                        .activeWhen("data.viewer.active", "true")
                        .done(),
                Declaration.of("notion", "Notion", "#111111")
                        .endpoints(
                                "https://api.notion.com/v1/oauth/authorize",
                                "https://api.notion.com/v1/oauth/token",
                                "https://api.notion.com/v1/users/me")
                        .authParameter("owner", "user")
                        .clientInHeader()
                        .userHeader("Notion-Version", "2022-06-28")
                        .id("{bot.owner.user.id}")
                        .name("{bot.owner.user.name}")
                        .email("{bot.owner.user.person.email}", EmailProof.Known.NEVER)
                        .avatar("{bot.owner.user.avatar_url}")
                        .done(),
                Declaration.of("monday", "monday.com", "#fb275d")
                        .scopes("me:read")
                        .endpoints(
                                "https://auth.monday.com/oauth2/authorize",
                                "https://auth.monday.com/oauth2/token",
                                "https://api.monday.com/v2")
                        .userQuery("query { me { id enabled name email is_verified photo_small } }")
                        .id("{data.me.id}")
                        .name("{data.me.name}")
                        .email("{data.me.email}", EmailProof.stated("data.me.is_verified"))
                        .avatar("{data.me.photo_small}")
                        .activeWhen("data.me.enabled", "true")
                        .done(),
                Declaration.of("lark", "Lark", "#00d6b9")
                        .endpoints(
                                "https://accounts.feishu.cn/open-apis/authen/v1/authorize",
                                "https://open.feishu.cn/open-apis/authen/v2/oauth/token",
                                "https://open.feishu.cn/open-apis/authen/v1/user_info")
                        .id("{data.union_id}")
                        .name("{data.name}")
                        .avatar("{data.avatar_url}")
                        .done(),
                Declaration.of("box", "Box", "#0061d5")
                        .scopes("root_readonly")
                        .endpoints(
                                "https://account.box.com/api/oauth2/authorize",
                                "https://api.box.com/oauth2/token",
                                "https://api.box.com/2.0/users/me")
                        .email("{login}", EmailProof.Known.NEVER)
                        .avatar("{avatar_url}")
                        .activeWhen("status", "active")
                        .done(),
                Declaration.of("livechat", "LiveChat", "#ff5100")
                        .endpoints(
                                "https://accounts.livechat.com/",
                                "https://accounts.livechat.com/token",
                                "https://accounts.livechat.com/v2/accounts/me")
                        .id("{account_id}")
                        .email("{email}", EmailProof.stated("email_verified"))
                        .avatar("{avatar_url}")
                        .done(),
                Declaration.of("planningcenter", "Planning Center", "#2565f4")
                        .scopes("people")
                        .endpoints(
                                "https://api.planningcenteronline.com/oauth/authorize",
                                "https://api.planningcenteronline.com/oauth/token",
                                "https://api.planningcenteronline.com/people/v2/me")
                        .id("{data.id}")
                        .name("{data.attributes.name}")
                        .avatar("{data.attributes.avatar}")
                        .activeWhen("data.attributes.status", "active")
                        .done());
    }

    private static List<Declaration> forMedia() {
        return List.of(
                Declaration.of("discord", "Discord", "#5865f2")
                        .scopes("identify", "email")
                        .endpoints(
                                "https://discord.com/oauth2/authorize",
                                "https://discord.com/api/oauth2/token",
                                "https://discord.com/api/users/@me")
                        .name("{global_name}", "{username}")
                        .username("{username}")
                        .email("{email}", EmailProof.stated("verified"))
                        .avatar("https://cdn.discordapp.com/avatars/{id}/{avatar}.png")
                        .done(),
                Declaration.of("twitter", "X/Twitter", "#000000")
                        .scopes("users.read", "users.email", "tweet.read")
                        .endpoints(
                                "https://x.com/i/oauth2/authorize",
                                "https://api.x.com/2/oauth2/token",
                                "https://api.x.com/2/users/me?user.fields=id,name,username,profile_image_url,confirmed_email")
                        .clientInHeader()
                        .id("{data.id}")
                        .name("{data.name}")
                        .username("{data.username}")
                        .email("{data.confirmed_email}", EmailProof.Known.ALWAYS)
                        .avatar("{data.profile_image_url}")
                        .done(),
                Declaration.of("kakao", "Kakao", "#3c1e1e")
                        .scopes("account_email", "profile_nickname", "profile_image")
                        .endpoints(
                                "https://kauth.kakao.com/oauth/authorize",
                                "https://kauth.kakao.com/oauth/token",
                                "https://kapi.kakao.com/v2/user/me")
                        .name("{properties.nickname}")
                        .username("{properties.nickname}")
                        .email(
                                "{kakao_account.email}",
                                EmailProof.stated("kakao_account.is_email_valid", "kakao_account.is_email_verified"))
                        .avatar("{properties.profile_image}")
                        .done(),
                Declaration.of("vk", "VK", "#0077ff")
                        .withoutPkce()
                        .scopes("email")
                        .endpoints(
                                "https://oauth.vk.com/authorize",
                                "https://oauth.vk.com/access_token",
                                "https://api.vk.com/method/users.get?fields=photo_max,screen_name&v=5.131")
                        .id("{response.0.id}")
                        .name("{response.0.first_name} {response.0.last_name}")
                        .username("{response.0.screen_name}")
                        .email("{token.email}", EmailProof.Known.NEVER)
                        .avatar("{response.0.photo_max}")
                        .done(),
                Declaration.of("spotify", "Spotify", "#1ed760")
                        .scopes("user-read-private", "user-read-email")
                        .endpoints(
                                "https://accounts.spotify.com/authorize",
                                "https://accounts.spotify.com/api/token",
                                "https://api.spotify.com/v1/me")
                        .name("{display_name}")
                        .email("{email}", EmailProof.Known.NEVER)
                        .avatar("{images.0.url}")
                        .done(),
                Declaration.of("trakt", "Trakt", "#ed1c24")
                        .endpoints(
                                "https://trakt.tv/oauth/authorize",
                                "https://api.trakt.tv/oauth/token",
                                "https://api.trakt.tv/users/settings")
                        .userHeader("trakt-api-key", "{clientId}")
                        .userHeader("trakt-api-version", "2")
                        .id("{user.ids.uuid}")
                        .name("{user.name}")
                        .username("{user.username}")
                        .avatar("{user.images.avatar.full}")
                        .done(),
                Declaration.of("twitch", "Twitch", "#9146ff")
                        .scopes("user:read:email")
                        .endpoints(
                                "https://id.twitch.tv/oauth2/authorize",
                                "https://id.twitch.tv/oauth2/token",
                                "https://api.twitch.tv/helix/users")
                        .userHeader("Client-Id", "{clientId}")
                        .id("{data.0.id}")
                        .name("{data.0.display_name}")
                        .username("{data.0.login}")
                        .email("{data.0.email}", EmailProof.Known.ALWAYS)
                        .avatar("{data.0.profile_image_url}")
                        .done(),
                Declaration.of("patreon", "Patreon", "#ff424d")
                        .scopes("identity", "identity[email]")
                        .endpoints(
                                "https://www.patreon.com/oauth2/authorize",
                                "https://www.patreon.com/api/oauth2/token",
                                "https://www.patreon.com/api/oauth2/v2/identity?fields%5Buser%5D=full_name,email,vanity,image_url,is_email_verified")
                        .id("{data.id}")
                        .name("{data.attributes.full_name}")
                        .username("{data.attributes.vanity}")
                        .email("{data.attributes.email}", EmailProof.stated("data.attributes.is_email_verified"))
                        .avatar("{data.attributes.image_url}")
                        .done(),
                Declaration.of("strava", "Strava", "#fc4c02")
                        .scopes("profile:read_all")
                        .endpoints(
                                "https://www.strava.com/oauth/authorize",
                                "https://www.strava.com/api/v3/oauth/token",
                                "https://www.strava.com/api/v3/athlete")
                        .name("{firstname} {lastname}")
                        .username("{username}")
                        .avatar("{profile}")
                        .done());
    }

    /// Servers of one's own: the collection's options say where they are.
    private static List<Declaration> ofOneself() {
        return List.of(
                Declaration.of("mailcow", "mailcow", "#f4a62a")
                        .scopes("profile")
                        .name("{full_name}")
                        .username("{username}")
                        .email("{email}", EmailProof.Known.NEVER)
                        .activeWhen("active", "1")
                        .done(),
                openId("oidc", "OIDC"),
                openId("oidc2", "OIDC 2"),
                openId("oidc3", "OIDC 3"));
    }

    private static Declaration openId(String name, String displayName) {
        return Declaration.of(name, displayName, "#8a8f98")
                .scopes("openid", "email", "profile")
                .clientInHeader()
                .id("{sub}")
                .username("{preferred_username}")
                .email("{email}", EmailProof.stated("email_verified"))
                .avatar("{picture}")
                .done();
    }
}
