package dev.ferritedb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlExcerptTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiterString = " → ",
            value = {
                "plain → plain",
                "two   \t  words → two words",
                "<p>one</p><p>two</p> → one two",
                "<h1>Title</h1>text → Title text",
                "<ul><li>a<li>b</ul>c → a b c",
                "<b>bo</b>ld and <i>ita</i>lic → bold and italic",
                "a<br>b → a b",
                "a<img src=x alt='no'>b → ab",
                "<a href=\"x?a>b\">link</a> → link",
                "<a title='a > b' href=x>link</a> → link",
                "<custom-tag>a</custom-tag>b → a b",
                "<SCRIPT>if (a < b) '</p>'</SCRIPT>after → after",
                "<style>p { color: red }</style>a → a",
                "<head><title>no</title></head><body>yes</body> → yes",
                "<head><title>no</title><body>yes → yes",
                "a<svg/>b → ab",
                "a<svg><text>no</text></svg>b → ab",
                "<object>no<object>no</object>no</object>yes → yes",
                "<form>no<script>'</form>'</script>no</form>yes → yes",
                "<button>no</button><select><option>no<option>no</select><textarea><b>no</b></textarea>x → x",
                "<dialog>no</dialog><template>no</template><picture><img></picture><applet>no</applet>x → x",
                "<iframe>no</iframe><embed src=x>x<input value=no> → x",
                "a<!-- <p>no</p> -->b → ab",
                "a<!doctype html><?xml no?></>b → ab",
                "3 < 4 <5 > 2 → 3 < 4 <5 > 2",
                "Tom &amp; Jerry &lt;b&gt; &#65;&#x42; &copy; &mdash; &auml; → Tom & Jerry <b> AB © — ä",
                "AT&T &nothing; &; &#; &#xZ; → AT&T &nothing; &; &#; &#xZ;",
                "a&nbsp;&nbsp;b → a b",
                "&#0;&#xD800;&#99999999; → \uFFFD\uFFFD\uFFFD",
            })
    void showsTheTextThatAReaderSees(String html, String text) {
        assertThat(new HtmlExcerpt(1000, true).of(html)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<p></p>",
                "<",
                "</",
                "<!--",
                "<script>x",
                "<p title='x",
                "<form>x",
                "</p>",
                "<!x",
                "&nbsp;"
            })
    void keepsNothingOfWhatShowsNothing(String html) {
        assertThat(new HtmlExcerpt(10, true).of(html)).isIn("", "<");
    }

    @Test
    void cutsAfterSoManyCodePoints() {
        assertThat(new HtmlExcerpt(5, false).of("<p>äöü😀é😀</p>")).isEqualTo("äöü😀é");
        assertThat(new HtmlExcerpt(6, true).of("<p>äöü😀é😀</p>")).isEqualTo("äöü😀é😀");
        assertThat(new HtmlExcerpt(5, true).of("<p>äöü😀é😀</p>")).isEqualTo("äöü😀é...");
        assertThat(new HtmlExcerpt(4, true).of("<p>one two</p>")).isEqualTo("one...");
        assertThat(new HtmlExcerpt(3, true).of("<p>one </p> ")).isEqualTo("one");
        assertThat(new HtmlExcerpt(Integer.MAX_VALUE, true).of("one")).isEqualTo("one");
    }

    @Test
    void readsTenMegabytesOfBrokenHtmlInOnePass() {
        List<String> broken = List.of(
                "<",
                "</",
                "<a",
                "<a ",
                "<a>",
                "<p><",
                "<!--",
                "<!",
                "&",
                "&#",
                "<script>",
                "<svg>",
                "<a title='",
                "</form",
                "<form>",
                "<style></",
                "<a b='<a c=\"",
                " ");
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> {
            for (String piece : broken) {
                new HtmlExcerpt(Integer.MAX_VALUE, true).of(piece.repeat(10_000_000 / piece.length()));
            }
        });
    }
}
