// Reads reports with the parsers of Jenkins' Warnings plugin; prints a line of what it keeps of each entry.
//
//     java -cp … Read.java ID REPORT
import edu.hm.hafner.analysis.FileReaderFactory;
import edu.hm.hafner.analysis.Issue;
import edu.hm.hafner.analysis.registry.ParserRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

public class Read {
    public static void main(String[] arguments) {
        var parser = new ParserRegistry().get(arguments[0]).createParser();
        var file = new FileReaderFactory(Path.of(arguments[1]), StandardCharsets.UTF_8);
        for (Issue entry : parser.parse(file)) {
            System.out.println(String.join("\t", entry.getSeverity().getName(), entry.getFingerprint(),
                entry.getFileName(), String.valueOf(entry.getLineStart()), entry.getType(), entry.getCategory(),
                escape(entry.getMessage())));
        }
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }
}
