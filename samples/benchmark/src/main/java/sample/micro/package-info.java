/** What JMH measures. */
package sample.micro;
